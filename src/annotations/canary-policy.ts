import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { CanaryIntent } from '../plan/intents.ts';
import { codes } from './canary-codes.ts';
import type { FamilyInput, PresentAnnotation } from './define.ts';
import { hasForm, normaliseText, parseInteger } from '../nginx/values.ts';

export type CanaryPolicy = Pick<CanaryIntent, 'weight' | 'weightTotal' | 'header' | 'headerValue' | 'headerPattern' | 'cookie'>;

type Key = 'canary' | 'canary-by-header' | 'canary-by-header-value' | 'canary-by-header-pattern' | 'canary-by-cookie' | 'canary-weight' | 'canary-weight-total';
type Input = FamilyInput<Key>;

/** BasicCharsRegex and IsValidRegex of the controller (v1.15.1, internal/ingress/annotations/parser/validators.go). */
const basic = /^[/\-._~a-zA-Z0-9:]*$/;
const regexText = /^[/\-._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/;

interface Reading {
  readonly findings: Finding[];
  /** Keys that take part in the decision. */
  readonly used: Set<string>;
}

function unusable(reading: Reading, { ingress, key, raw }: PresentAnnotation, taken: string): undefined {
  reading.findings.push(raise(codes, 'canary/unusable-value', aboutAnnotation(ingress, key), { annotation: key, value: raw, taken }));
}

function shadowed(reading: Reading, { ingress, key }: PresentAnnotation, reason: string): undefined {
  reading.findings.push(raise(codes, 'canary/shadowed-key', aboutAnnotation(ingress, key), { annotation: key, reason }));
}

function readNumber(reading: Reading, present: PresentAnnotation | undefined, otherwise: number): number {
  if (present === undefined) return otherwise;
  const value = parseInteger(present.raw);
  if (value === undefined) unusable(reading, present, `${otherwise}`);
  else reading.used.add(present.key);
  return value ?? otherwise;
}

/** The draw never has fewer than 100 sides: the balancer looks at a total above 100 alone. */
function readTotal(reading: Reading, present: PresentAnnotation | undefined): number {
  if (present === undefined) return 100;
  const total = parseInteger(present.raw);
  if (total === undefined || total < 100) unusable(reading, present, '100');
  else reading.used.add(present.key);
  return Math.max(100, total ?? 100);
}

/** '' when absent, empty or of a form the controller refuses. */
function readText(reading: Reading, present: PresentAnnotation | undefined, form: RegExp): string {
  if (present === undefined) return '';
  const text = normaliseText(present.raw);
  const valid = form === regexText ? form.test(present.raw) : hasForm(present.raw, form);
  if (text !== '' && valid) {
    reading.used.add(present.key);
    return text;
  }
  unusable(reading, present, 'none');
  return '';
}

/** False when the expression cannot be compiled. PCRE and ECMAScript agree on what the allowed characters can make invalid. */
function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

function readHeader(input: Input, reading: Reading): Pick<CanaryPolicy, 'header' | 'headerValue' | 'headerPattern'> {
  const header = readText(reading, input.get('canary-by-header'), basic);
  const value = input.get('canary-by-header-value');
  const pattern = input.get('canary-by-header-pattern');
  const none = { header: '', headerValue: '', headerPattern: '' };
  if (header === '') {
    for (const present of [value, pattern]) if (present !== undefined) shadowed(reading, present, 'no canary-by-header names a header');
    return none;
  }
  const headerValue = readText(reading, value, basic);
  if (headerValue !== '') {
    if (pattern !== undefined) shadowed(reading, pattern, 'canary-by-header-value goes before it');
    return { header, headerValue, headerPattern: '' };
  }
  const headerPattern = readText(reading, pattern, regexText);
  if (pattern === undefined || headerPattern === '') return { header, headerValue, headerPattern };
  const about = aboutAnnotation(pattern.ingress, pattern.key);
  if (!compiles(headerPattern)) {
    reading.findings.push(raise(codes, 'canary/invalid-pattern', { ...about, also: [input.get('canary-by-header')?.key ?? ''] }, { annotation: pattern.key, value: headerPattern }));
    return none;
  }
  const anchored = headerPattern.startsWith('^') && headerPattern.endsWith('$');
  if (!anchored) reading.findings.push(raise(codes, 'canary/unanchored-pattern', about, { annotation: pattern.key, value: headerPattern }));
  return { header, headerValue, headerPattern };
}

/**
 * The decision as the controller makes it: header, cookie, then a draw of `weight` in `weightTotal`.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua (route_to_alternative_balancer).
 */
export function readCanary(input: Input): { readonly policy: CanaryPolicy; readonly used: ReadonlySet<string>; readonly findings: readonly Finding[] } {
  const reading: Reading = { findings: [], used: new Set() };
  const header = readHeader(input, reading);
  const cookie = readText(reading, input.get('canary-by-cookie'), basic);
  const weightTotal = readTotal(reading, input.get('canary-weight-total'));
  const weight = Math.min(weightTotal, Math.max(0, readNumber(reading, input.get('canary-weight'), 0)));
  return { policy: { weight, weightTotal, ...header, cookie }, used: reading.used, findings: reading.findings };
}
