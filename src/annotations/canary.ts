import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { AnnotationName } from '../nginx/annotation-table.ts';
import { CATCH_ALL, type Location, type Server } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { AnnotationUse, CanaryIntent } from '../plan/intents.ts';
import { codes } from './canary-codes.ts';
import { readCanary, type CanaryPolicy } from './canary-policy.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type LocationReading } from './define.ts';
import { parseBoolean } from '../nginx/values.ts';

export { codes };

/** Whether the controller treats the Ingress as a canary: it then owns no location. */
export function isCanary(ingress: Ingress, settings: ControllerSettings): boolean {
  const raw = ingress.annotations.get(`${settings.annotationsPrefix}/canary`);
  return raw !== undefined && parseBoolean(raw) === true;
}

const keys = [
  'canary',
  'canary-by-header',
  'canary-by-header-value',
  'canary-by-header-pattern',
  'canary-by-cookie',
  'canary-weight',
  'canary-weight-total',
] as const satisfies readonly AnnotationName[];
type Key = (typeof keys)[number];
type Input = FamilyInput<Key>;

/** Host and path of the rules, so that a location reached only through a shared Service can be told. */
function namedPaths(ingress: Ingress): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { host, paths } of ingress.rules) for (const { path } of paths) named.add(`${host === '' ? CATCH_ALL : host}${path}`);
  if (ingress.defaultBackend !== undefined) named.add(`${CATCH_ALL}/`);
  return named;
}

function intentOf(policy: CanaryPolicy, from: readonly AnnotationUse[], location: Location): CanaryIntent | undefined {
  const attached = location.backend.kind === 'service' ? location.backend.upstream.canary : undefined;
  if (attached === undefined) return undefined;
  const { namespace, name, port } = attached.backend;
  return { kind: 'canary', from, backend: { namespace, name, port }, ...policy };
}

function readEnabled(input: Input, uses: readonly AnnotationUse[]): FamilyReading {
  const { ingress } = input;
  const { policy, used, findings } = readCanary(input);
  const from = uses.filter((use) => use.key === input.get('canary')?.key || used.has(use.key));
  const named = namedPaths(ingress);
  const about = aboutAnnotation(ingress, input.get('canary')?.key ?? '');
  const idle = policy.weight === 0 && policy.header === '' && policy.cookie === '';
  const noShare = idle ? [raise(codes, 'canary/no-share', about, { ingress: ingress.ref.name })] : [];
  const forLocation = (location: Location, server: Server): LocationReading => {
    const intent = intentOf(policy, from, location);
    if (intent === undefined) return { intents: [] };
    const { host } = server;
    if (location.automatic || named.has(`${host}${location.path}`)) return { intents: [intent] };
    return { intents: [intent], findings: [raise(codes, 'canary/shared-upstream', about, { ingress: ingress.ref.name, host, path: location.path })] };
  };
  return { forLocation, findings: [...findings, ...noShare] };
}

/** Canary annotations without `canary: "true"`. */
function readDisabled(input: Input, uses: readonly AnnotationUse[]): FamilyReading {
  const findings = uses.map(({ ingress, key }): Finding => {
    const canary = input.get('canary');
    const about = aboutAnnotation(ingress, key);
    if (key !== canary?.key || parseBoolean(canary.raw) === false) return raise(codes, 'canary/not-enabled', about, { annotation: key });
    return raise(codes, 'canary/unusable-value', about, { annotation: key, value: canary.raw, taken: 'false' });
  });
  return { inert: uses.map((use) => use.key), findings };
}

export const canary = defineFamily({
  id: 'canary',
  keys,
  codes,
  intents: ['canary'],
  docs: {
    nginx:
      'Marks an Ingress whose Services take part of the traffic of another Ingress with the same host, path and path type. A header decides first, then a cookie, then a random draw by weight. The split hangs on the Service of the main Ingress, so it applies wherever that Service is used; only one canary per Service counts.',
    gateway:
      'HTTPRoute: `backendRefs` with weights, preceded by rules that match the header or the cookie (`always` to the canary alone, `never` to the main Service alone).',
    loss: 'A gateway may share out requests evenly instead of drawing at random. A gateway does not fall back to the main Service by itself when the canary has no endpoints: its share is answered with 503.',
  },
  read: (input) => {
    const uses = keys.flatMap((key) => input.get(key) ?? []).map(({ ingress, key }): AnnotationUse => ({ ingress, key }));
    return isCanary(input.ingress, input.settings) ? readEnabled(input, uses) : readDisabled(input, uses);
  },
});
