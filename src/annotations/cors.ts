import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { CorsIntent } from '../plan/intents.ts';
import { codes } from './cors-codes.ts';
import { DEFAULT_MAX_AGE_SECONDS, defaultHeaders, defaultMethods, parseExposeHeaders, parseHeaders, parseMethods, parseOrigins } from './cors-values.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type PresentAnnotation } from './define.ts';
import { parseBoolean, parseInteger } from '../nginx/values.ts';

const details = ['cors-allow-origin', 'cors-allow-methods', 'cors-allow-headers', 'cors-expose-headers', 'cors-allow-credentials', 'cors-max-age'] as const;
type Key = 'enable-cors' | (typeof details)[number];

/** Reads one value or takes the default, with a finding when a written value is not accepted. */
function valueOf<T>(
  present: PresentAnnotation | undefined,
  parse: (raw: string) => T | undefined,
  initial: T,
  instead: string,
  findings: Finding[],
): T {
  if (present === undefined) return initial;
  const value = parse(present.raw);
  if (value !== undefined) return value;
  const args = { annotation: present.key, value: JSON.stringify(present.raw), instead };
  findings.push(raise(codes, 'cors/ignored-value', aboutAnnotation(present.ingress, present.key), args));
  return initial;
}

function readMethods(present: PresentAnnotation | undefined, findings: Finding[]): readonly string[] {
  const written = valueOf(present, parseMethods, defaultMethods, `the default list (${defaultMethods.join(', ')})`, findings);
  const unusable = written.filter((method) => method !== method.toUpperCase());
  if (present === undefined || unusable.length === 0) return written;
  findings.push(raise(codes, 'cors/unusable-method', aboutAnnotation(present.ingress, present.key), { annotation: present.key, methods: unusable.join(', ') }));
  return written.filter((method) => method === method.toUpperCase());
}

function readHeaders(present: PresentAnnotation | undefined, findings: Finding[]): readonly string[] {
  if (present?.raw.trim() !== '*') return valueOf(present, parseHeaders, defaultHeaders, `the default list (${defaultHeaders.join(', ')})`, findings);
  findings.push(raise(codes, 'cors/wildcard-headers', aboutAnnotation(present.ingress, present.key), { annotation: present.key }));
  return defaultHeaders;
}

/** Undefined when no origin is left: nginx then sends nothing, and the finding speaks for all keys of the group. */
function readOrigins(present: PresentAnnotation | undefined, group: readonly string[], findings: Finding[]): readonly string[] | undefined {
  if (present === undefined) return ['*'];
  const about = aboutAnnotation(present.ingress, present.key);
  const annotation = present.key;
  const value = JSON.stringify(present.raw);
  const parsed = parseOrigins(present.raw);
  if (parsed.kind === 'any') {
    if (!parsed.accepted) findings.push(raise(codes, 'cors/invalid-origin-allows-any', about, { annotation, value }));
    return ['*'];
  }
  const whole = { ...about, also: parsed.origins.length > 0 ? [] : group.filter((key) => key !== annotation) };
  if (parsed.nullOrigin) findings.push(raise(codes, 'cors/null-origin', whole, { annotation }));
  if (parsed.origins.length > 0) {
    if (parsed.skipped.length > 0) findings.push(raise(codes, 'cors/skipped-origin', about, { annotation, entries: parsed.skipped.join(', ') }));
    return parsed.origins;
  }
  if (!parsed.nullOrigin) findings.push(raise(codes, 'cors/no-usable-origin', whole, { annotation, value }));
  return undefined;
}

function presentDetails({ get }: FamilyInput<Key>): readonly PresentAnnotation[] {
  return details.map((name) => get(name)).filter((present) => present !== undefined);
}

/** One finding for all of them: they share the reason. */
function notEnabled(input: FamilyInput<Key>, enable: PresentAnnotation | undefined): FamilyReading {
  const idle = presentDetails(input);
  const first = idle[0] ?? enable;
  if (first === undefined) return {};
  const also = [...idle.slice(1), ...(idle.length > 0 && enable !== undefined ? [enable] : [])].map(({ key }) => key);
  const finding = raise(codes, 'cors/not-enabled', { ...aboutAnnotation(input.ingress, first.key), also }, { annotation: first.key });
  return { inert: [first.key, ...also], findings: [finding] };
}

function readEnabled(input: FamilyInput<Key>, enable: PresentAnnotation): FamilyReading {
  const { get } = input;
  const findings: Finding[] = [];
  const uses = [enable, ...presentDetails(input)];
  const keys = uses.map(({ key }) => key);
  const origins = readOrigins(get('cors-allow-origin'), keys, findings);
  if (origins === undefined) return { inert: keys, findings };
  const credentials = valueOf(get('cors-allow-credentials'), parseBoolean, true, 'true', findings);
  const any = origins.includes('*');
  if (credentials && any) {
    findings.push(raise(codes, 'cors/credentials-with-wildcard', aboutAnnotation(input.ingress, (get('cors-allow-credentials') ?? enable).key), {}));
  }
  const intent: CorsIntent = {
    kind: 'cors',
    from: uses.map(({ ingress, key }) => ({ ingress, key })),
    origins,
    methods: readMethods(get('cors-allow-methods'), findings),
    headers: readHeaders(get('cors-allow-headers'), findings),
    exposeHeaders: valueOf(get('cors-expose-headers'), parseExposeHeaders, [], 'no list', findings),
    credentials: credentials && !any,
    maxAgeSeconds: valueOf(get('cors-max-age'), parseInteger, DEFAULT_MAX_AGE_SECONDS, `${DEFAULT_MAX_AGE_SECONDS} seconds`, findings),
  };
  const ignored = new Set(findings.filter(({ code }) => ignoredAsAWhole.has(code)).map(({ annotation }) => annotation));
  return { intents: [{ ...intent, from: intent.from.filter(({ key }) => !ignored.has(key)) }], inert: [...ignored].filter((key) => key !== undefined), findings };
}

/** Findings after which the annotation has no part in the result. */
const ignoredAsAWhole: ReadonlySet<string> = new Set(['cors/ignored-value', 'cors/invalid-origin-allows-any', 'cors/wildcard-headers']);

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/cors/main.go */
export const cors = defineFamily({
  id: 'cors',
  keys: ['enable-cors', ...details],
  codes,
  intents: ['cors'],
  docs: {
    nginx:
      'Adds CORS headers to every answer whose Origin is allowed and answers OPTIONS itself with 204. Without further annotations it allows every origin, six methods, nine headers, and caches preflights for 20 days.',
    gateway: 'The CORS filter of HTTPRoute, in the standard channel since Gateway API 1.5.',
    loss: 'A wildcard origin matches one label in nginx and any number in the Gateway API; the origin null and schemes other than http and https cannot be listed.',
  },
  read: (input) => {
    const enable = input.get('enable-cors');
    return enable !== undefined && parseBoolean(enable.raw) === true ? readEnabled(input, enable) : notEnabled(input, enable);
  },
});
