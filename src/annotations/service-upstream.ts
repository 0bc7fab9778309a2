import { aboutAnnotation, defineCodes, raise } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { Location } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { parseBoolean } from '../nginx/values.ts';
import { settingUse } from './setting-use.ts';
import { defineFamily, type FamilyReading, type LocationReading, type PresentAnnotation } from './define.ts';
import { decidedByAnother, deciderOf } from './upstream-decider.ts';

const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/serviceupstream/main.go';

export const codes = defineCodes({
  'service-upstream/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that is no boolean ({value}), which counts as false.',
    why: 'The controller takes the spellings of Go (true, True, 1, false, ...) and false for anything else.',
    do: 'Correct or delete {annotation}.',
    source,
  },
  'service-upstream/default-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} says {value}, which holds without it too.',
    why: 'nginx sends requests to the endpoints of a Service unless service-upstream is true, here or in the ConfigMap of the controller.',
    do: 'Delete {annotation}.',
    source,
  },
});

const nothing: LocationReading = { intents: [] };

/** What the Ingress asks for, and whether an annotation of its own says so. */
function asked(ingress: Ingress, settings: ControllerSettings): { readonly enabled: boolean; readonly key: string | undefined } {
  const key = `${settings.annotationsPrefix}/service-upstream`;
  const raw = ingress.annotations.get(key);
  return raw === undefined ? { enabled: settings.serviceUpstream, key: undefined } : { enabled: parseBoolean(raw) ?? false, key };
}

/** The first Ingress of the upstream decides, whoever owns the location. */
function readLocation(location: Location, settings: ControllerSettings, own: PresentAnnotation | undefined): LocationReading {
  const decider = deciderOf(location);
  if (decider === undefined) return nothing;
  const { enabled, key } = asked(decider, settings);
  const agrees = own !== undefined && asked(own.ingress, settings).enabled === enabled;
  const from = [...(key === undefined ? [] : [{ ingress: decider, key }]), ...(agrees && own.ingress !== decider ? [{ ingress: own.ingress, key: own.key }] : [])];
  const setting = settings.serviceUpstream ? { setting: settingUse(settings, 'service-upstream') } : {};
  const intents = enabled ? [{ kind: 'service-upstream' as const, from, ...setting, enabled }] : [];
  if (own === undefined || agrees) return { intents };
  return { intents, findings: [decidedByAnother(own, location, decider)] };
}

/** What is to be said of the annotation itself, whatever its locations. */
function readOwn(own: PresentAnnotation | undefined, settings: ControllerSettings): FamilyReading {
  if (own === undefined) return {};
  const { ingress, key, raw } = own;
  const about = aboutAnnotation(ingress, key);
  const value = parseBoolean(raw);
  if (value === undefined) return { inert: [key], findings: [raise(codes, 'service-upstream/ignored-value', about, { annotation: key, value: JSON.stringify(raw) })] };
  // Takes back what the ConfigMap says: there is nothing to write for it.
  if (!value && settings.serviceUpstream) return { structural: [key] };
  if (value !== settings.serviceUpstream) return { inert: [key] };
  return { inert: [key], findings: [raise(codes, 'service-upstream/default-value', about, { annotation: key, value: raw })] };
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/serviceupstream/main.go */
export const serviceUpstream = defineFamily({
  id: 'service-upstream',
  keys: ['service-upstream'],
  codes,
  implicit: true,
  intents: ['service-upstream'],
  docs: {
    nginx: 'Sends requests to the address of the Service instead of its endpoints, for every Ingress that uses the Service and port.',
    gateway: 'Nothing is needed in most Gateways: a backendRef names a Service, and the implementation chooses between its address and its endpoints.',
    loss: 'Gateways usually balance over endpoints, so session affinity and retries start to work where nginx knew a single address.',
  },
  read: ({ get, settings }): FamilyReading => {
    const own = get('service-upstream');
    return { ...readOwn(own, settings), forLocation: (location) => readLocation(location, settings, own) };
  },
});
