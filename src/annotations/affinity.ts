import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Location } from '../nginx/configuration.ts';
import { normaliseText } from '../nginx/values.ts';
import type { AnnotationUse } from '../plan/intents.ts';
import { codes } from './affinity-codes.ts';
import { cookieKeys, readCookie, type CookieKey } from './affinity-cookie.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type LocationReading, type PresentAnnotation } from './define.ts';

type Key = 'affinity' | 'affinity-canary-behavior' | CookieKey;
type Input = FamilyInput<Key>;

const nothing: LocationReading = { intents: [] };

/** Characters that a cookie path does not take for themselves: RFC 6265 compares the request path with them letter by letter. */
const pattern = /[$()*+?[\\\]^{|}]/;

function presentOf(get: Input['get']): readonly PresentAnnotation[] {
  return cookieKeys.map((name) => get(name)).filter((present) => present !== undefined);
}

/** One finding for all of them: they share the reason. */
function notEnabled({ ingress, get }: Input): FamilyReading {
  const [first, ...rest] = presentOf(get);
  if (first === undefined) return {};
  const also = rest.map(({ key }) => key);
  return { inert: [first.key, ...also], findings: [raise(codes, 'affinity/not-enabled', { ...aboutAnnotation(ingress, first.key), also }, { annotation: first.key })] };
}

function readEnabled({ ingress, get }: Input, affinity: PresentAnnotation): FamilyReading {
  const { cookie, used, findings } = readCookie(get);
  const names = cookieKeys.filter((name) => used.has(name));
  const keys = [affinity.key, ...names.map((name) => get(name)?.key).filter((key) => key !== undefined)];
  const from: readonly AnnotationUse[] = keys.map((key) => ({ ingress, key }));
  const about = { ...aboutAnnotation(ingress, affinity.key), also: keys.slice(1) };
  const forLocation = (location: Location): LocationReading => {
    // nginx sets the cookie for the host and path of a rule only (should_set_cookie of sticky.lua), never for the `/` it adds.
    if (location.automatic) return nothing;
    if (cookie.path === undefined && location.match.kind === 'regex' && pattern.test(location.path)) {
      return { intents: [], findings: [raise(codes, 'affinity/regex-cookie-path', about, { path: location.path })] };
    }
    return { intents: [{ kind: 'affinity', from, ...cookie, path: cookie.path ?? location.path }] };
  };
  const idle = presentOf(get).map(({ key }) => key);
  return { forLocation, inert: [affinity.key, ...idle], findings };
}

/** `affinity-canary-behavior` of a canary is read where canaries are; here it stands on an Ingress that is none. */
function canaryBehavior({ ingress, get }: Input): { readonly inert: readonly string[]; readonly findings: readonly Finding[] } {
  const present = get('affinity-canary-behavior');
  if (present === undefined) return { inert: [], findings: [] };
  const finding = raise(codes, 'affinity/canary-behavior-on-main', aboutAnnotation(ingress, present.key), { annotation: present.key });
  return { inert: [present.key], findings: [finding] };
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/sessionaffinity/main.go */
export const affinity = defineFamily({
  id: 'affinity',
  keys: ['affinity', 'affinity-canary-behavior', ...cookieKeys],
  codes,
  intents: ['affinity'],
  docs: {
    nginx:
      'Sets a cookie that names the endpoint, always HttpOnly, Secure on HTTPS, for the path of the Ingress. balanced moves some sessions when endpoints are added, persistent moves none.',
    gateway: 'sessionPersistence of a route rule (experimental): type Cookie, sessionName, absoluteTimeout, lifetimeType.',
    loss: 'Path, Domain, SameSite and Secure of the cookie have no field in the Gateway API, nor has the choice between balanced and persistent.',
  },
  read: (input): FamilyReading => {
    const { get, ingress } = input;
    const behavior = canaryBehavior(input);
    const present = get('affinity');
    const enabled = present !== undefined && normaliseText(present.raw) === 'cookie';
    const reading = enabled ? readEnabled(input, present) : notEnabled(input);
    const inert = [...behavior.inert, ...(reading.inert ?? [])];
    const findings = [...behavior.findings, ...(reading.findings ?? [])];
    if (present === undefined || enabled) return { ...reading, inert, findings };
    const args = { annotation: present.key, value: JSON.stringify(present.raw), instead: 'no affinity' };
    return { ...reading, inert: [...inert, present.key], findings: [...findings, raise(codes, 'affinity/ignored-value', aboutAnnotation(ingress, present.key), args)] };
  },
});
