import { aboutAnnotation, defineCodes, raise } from '../diagnostics/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import { objectKey } from '../model/object.ts';
import type { Location } from '../nginx/configuration.ts';
import type { FallbackBackendIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyReading, type LocationReading, type PresentAnnotation } from './define.ts';
import { normaliseText } from '../nginx/values.ts';

const documentation = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#default-backend';
const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go';

export const codes = defineCodes({
  'default-backend/empty': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: it names no Service.',
    why: 'ingress-nginx ignores an empty value.',
    do: 'Remove {annotation}.',
    source: documentation,
  },
  'default-backend/no-ports': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: Service {service} has no ports.',
    why: 'ingress-nginx sends to the first port of the Service, and ignores a Service that has none.',
    do: 'Give {service} a port and convert again, or remove {annotation}.',
    source,
  },
  'default-backend/own-service': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on path {path}: {service} is the Service of the path itself.',
    why: 'The fallback answers only while the Service of the path has no ready endpoints, and then this one has none either.',
    do: 'Name another Service, or remove {annotation}.',
    source,
  },
  'default-backend/no-service': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect on path {path}: nothing is forwarded there.',
    why: 'The fallback stands in for a Service without ready endpoints; paths that no rule names keep answering 404.',
    do: "Set the Ingress's spec.defaultBackend if unmatched paths should reach the Service.",
    source: documentation,
  },
});

/** First port of the Service; undefined when the Service is not in the input, 'none' when it has no ports. */
function firstPort(inventory: Inventory, namespace: string, name: string): number | 'none' | undefined {
  const service = inventory.services.get(objectKey(namespace, name));
  return service === undefined ? undefined : (service.ports[0]?.port ?? 'none');
}

function readLocation({ ingress, key }: PresentAnnotation, intent: FallbackBackendIntent, location: Location): LocationReading {
  const { service } = intent;
  const { backend, path } = location;
  const about = aboutAnnotation(ingress, key);
  if (backend.kind === 'none' && backend.status === 404) {
    return { intents: [], findings: [raise(codes, 'default-backend/no-service', about, { annotation: key, path })] };
  }
  if (backend.kind === 'service' && backend.namespace === service.namespace && backend.name === service.name) {
    return { intents: [], findings: [raise(codes, 'default-backend/own-service', about, { annotation: key, path, service: service.name })] };
  }
  return { intents: [intent] };
}

function readFallback(present: PresentAnnotation, inventory: Inventory): FamilyReading {
  const { ingress, key, raw } = present;
  const name = normaliseText(raw);
  const about = aboutAnnotation(ingress, key);
  if (name === '') return { inert: [key], findings: [raise(codes, 'default-backend/empty', about, { annotation: key })] };
  const { namespace } = ingress.ref;
  const port = firstPort(inventory, namespace, name);
  if (port === 'none') return { inert: [key], findings: [raise(codes, 'default-backend/no-ports', about, { annotation: key, service: name })] };
  const intent: FallbackBackendIntent = { kind: 'fallback-backend', from: [{ ingress, key }], service: { namespace, name, port } };
  // With custom-http-errors the Service answers error statuses as well, wherever they come from.
  const errorPages = ingress.annotations.has(`${key.slice(0, -'default-backend'.length)}custom-http-errors`);
  return errorPages ? { intents: [intent] } : { forLocation: (location) => readLocation(present, intent, location) };
}

export const defaultBackend = defineFamily({
  id: 'default-backend',
  keys: ['default-backend'],
  codes,
  intents: ['fallback-backend'],
  docs: {
    nginx:
      'A Service of the same namespace that answers while the Service of a path is missing or has no ready endpoints; it receives the path as sent, X-Code: 503 and headers that name the Ingress and the Service. Together with custom-http-errors it also answers the listed statuses. It does not serve paths that no rule names.',
    gateway: 'Nothing in HTTPRoute: a few gateways have a fallback backend of their own.',
    loss: 'Where the gateway has none, requests get 503 while the Service has no ready endpoints.',
  },
  read: ({ inventory, get }) => {
    const present = get('default-backend');
    return present === undefined ? {} : readFallback(present, inventory);
  },
});
