import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Location } from '../nginx/configuration.ts';
import type { Intent } from '../plan/intents.ts';
import { countGroups, dropMissingGroups, hasCapture, hasVariable } from './captures.ts';
import { defineFamily, type FamilyInput, type FamilyReading, type LocationReading, type PresentAnnotation } from './define.ts';
import { codes } from './rewrite-codes.ts';
import { normaliseText, parseBoolean } from '../nginx/values.ts';
import { readWithoutRules } from './without-rules.ts';

type Key = 'rewrite-target' | 'use-regex' | 'x-forwarded-prefix' | 'enable-rewrite-log';
type Input = FamilyInput<Key>;

/** RegexPathWithCapture of the controller (v1.15.1, internal/ingress/annotations/parser/validators.go): tested before any trimming. */
const targetForm = /^\/?[-._~a-zA-Z0-9/:$]*$/;

interface Part {
  readonly inert?: readonly string[];
  readonly structural?: readonly string[];
  readonly findings?: readonly Finding[];
}

interface Target extends Part {
  /** '' when nothing is rewritten. */
  readonly text: string;
}

function readTarget(present: PresentAnnotation | undefined): Target {
  if (present === undefined) return { text: '' };
  const { ingress, key, raw } = present;
  const text = normaliseText(raw);
  const about = aboutAnnotation(ingress, key);
  const args = { annotation: key, value: text };
  if (text === '' || !targetForm.test(raw)) return { text: '', inert: [key], findings: [raise(codes, 'rewrite/invalid-target', about, args)] };
  const findings = hasVariable(text) ? [raise(codes, 'rewrite/variable-in-target', about, args)] : [];
  if (text.startsWith('/') || isUrl(text)) return { text, findings };
  return { text, findings: [...findings, raise(codes, 'rewrite/no-leading-slash', about, args)] };
}

/** nginx answers 302 for a replacement that begins so, instead of rewriting (https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite). */
function isUrl(target: string): boolean {
  return target.startsWith('http://') || target.startsWith('https://') || target.startsWith('$scheme');
}

function readRegex(present: PresentAnnotation | undefined): Part {
  if (present === undefined) return {};
  const { ingress, key, raw } = present;
  const value = parseBoolean(raw);
  if (value === true) return { structural: [key] };
  const args = { annotation: key, value: raw };
  const about = aboutAnnotation(ingress, key);
  return { inert: [key], findings: [value === false ? raise(codes, 'rewrite/regex-off', about, args) : raise(codes, 'rewrite/unusable-boolean', about, args)] };
}

function readLog(present: PresentAnnotation | undefined): Part {
  if (present === undefined) return {};
  const { ingress, key } = present;
  return { inert: [key], findings: [raise(codes, 'rewrite/log', aboutAnnotation(ingress, key), { annotation: key })] };
}

/** The rewrite of one location, with the references to groups its own path lacks already gone. */
function rewriteOf(present: PresentAnnotation, target: string, location: Location): LocationReading {
  const { ingress, key } = present;
  const { path } = location;
  const about = aboutAnnotation(ingress, key);
  // A Prefix path without a final slash becomes `/foo/` in nginx, which differs from the target `/foo`: only the others are left alone.
  if (target === path && (location.pathType === 'Exact' || path.endsWith('/'))) {
    return { intents: [], findings: [raise(codes, 'rewrite/own-path', about, { annotation: key, value: target, path })] };
  }
  const from = [{ ingress, key }];
  const result = dropMissingGroups(target, countGroups(path));
  const known = result.startsWith('/') || isUrl(result) ? result : `/${result}`;
  const intent: Intent = isUrl(result) ? { kind: 'rewrite-redirect', from, target: result } : { kind: 'rewrite', from, target: known };
  if (result === target || location.automatic) return { intents: [intent] };
  return { intents: [intent], findings: [raise(codes, 'rewrite/missing-group', about, { annotation: key, value: target, path, result: known })] };
}

/** X-Forwarded-Prefix of one location; `rewritten`: its path is. */
function prefixOf(present: PresentAnnotation, location: Location, rewritten: boolean): LocationReading {
  const { ingress, key } = present;
  const about = aboutAnnotation(ingress, key);
  const { path } = location;
  const stated = normaliseText(present.raw);
  if (stated === '') return { intents: [], findings: [raise(codes, 'rewrite/empty-prefix', about, { annotation: key })] };
  if (!rewritten) return { intents: [], findings: [raise(codes, 'rewrite/prefix-without-rewrite', about, { annotation: key })] };
  const value = dropMissingGroups(stated, countGroups(path));
  if (value === '') return { intents: [], findings: [raise(codes, 'rewrite/empty-prefix', about, { annotation: key })] };
  if (hasCapture(value) || hasVariable(value)) {
    return { intents: [], findings: [raise(codes, 'rewrite/prefix-with-capture', about, { annotation: key, value, path })] };
  }
  return { intents: [{ kind: 'request-headers', from: [{ ingress, key }], set: [{ name: 'X-Forwarded-Prefix', value }] }] };
}

function readRewrite(input: Input): FamilyReading {
  const target = input.get('rewrite-target');
  const prefix = input.get('x-forwarded-prefix');
  const log = readLog(input.get('enable-rewrite-log'));
  const present = [target, prefix, input.get('use-regex')].flatMap((one) => one ?? []);
  const without = readWithoutRules(input.ingress, present);
  if (without !== undefined) return { inert: [...(without.inert ?? []), ...(log.inert ?? [])], findings: [...(without.findings ?? []), ...(log.findings ?? [])] };
  const read = readTarget(target);
  const parts: readonly Part[] = [read, readRegex(input.get('use-regex')), log];
  const reading = {
    inert: parts.flatMap((part) => part.inert ?? []),
    structural: parts.flatMap((part) => part.structural ?? []),
    findings: parts.flatMap((part) => part.findings ?? []),
  };
  if (read.text === '' && prefix === undefined) return reading;
  const forLocation = (location: Location): LocationReading => {
    const rewrite = target === undefined || read.text === '' ? { intents: [] } : rewriteOf(target, read.text, location);
    const header = prefix === undefined ? { intents: [] } : prefixOf(prefix, location, rewrite.intents.some(({ kind }) => kind === 'rewrite'));
    return { intents: [...rewrite.intents, ...header.intents], findings: [...(rewrite.findings ?? []), ...(header.findings ?? [])] };
  };
  return { ...reading, forLocation };
}

export { codes };

export const rewrite = defineFamily({
  id: 'rewrite',
  keys: ['rewrite-target', 'use-regex', 'x-forwarded-prefix', 'enable-rewrite-log'],
  codes,
  intents: ['request-headers', 'rewrite', 'rewrite-redirect'],
  asks: { 'rewrite-target': ['rewrite', 'rewrite-redirect'], 'x-forwarded-prefix': ['request-headers'], 'use-regex': [], 'enable-rewrite-log': [] },
  shapes: ['use-regex'],
  docs: {
    nginx:
      'rewrite-target replaces the whole request path by its text, with $1 to $9 taken from the path of the rule read as a regular expression; the query stays. Either rewrite-target or use-regex makes every path of the host, of every Ingress, a regular expression that ignores case and matches from the start: /foo then takes /foobar and /FOO too. A target that is a URL answers 302. x-forwarded-prefix sets the header of that name where a path is rewritten.',
    gateway:
      'HTTPRoute `URLRewrite`: ReplaceFullPath for a fixed target, ReplacePrefixMatch for the common /app(/|$)(.*) with /$2. `RequestHeaderModifier` for the prefix header. Paths that stay regular expressions need a match of type RegularExpression, which not every gateway has.',
    loss: 'Groups beyond that one form need a policy of the gateway. nginx decodes, merges and encodes the path again before it rewrites; gateways work on the path as sent.',
  },
  read: readRewrite,
});
