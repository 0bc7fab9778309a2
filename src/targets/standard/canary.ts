import { defineCodes, raise, type Finding } from '../../diagnostics/finding.ts';
import type { BackendRef, HeaderMatch } from '../../model/gateway.ts';
import type { CanaryIntent } from '../../plan/intents.ts';
import type { Lower } from '../define.ts';
import type { DraftBranch } from '../draft.ts';
import { backendRef, namespaceOf } from '../lower-rule.ts';
import { readRegex } from '../regex.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

export const canaryCodes = defineCodes({
  'canary/no-fallback': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The share of the canary {service} fails while it has no ready pods.',
    why: 'ingress-nginx sends such requests to the main Service; weights of a route stay as they are written.',
    do: 'Take the canary out of the route before you scale it to zero.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpbackendref',
  },
  'canary/header-expression': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The canary is chosen by a regular expression on a header.',
    why: 'RegularExpression matches on headers are implementation-specific; the expression is written for engines that match the whole value and for engines that search.',
    do: 'Test both branches on your gateway.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpheadermatch',
  },
  'canary/condition-lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The canary condition of {key} is lost; its requests follow the weight alone.',
    why: 'A header match takes an HTTP token as its name and an RE2 expression: {reason}.',
    do: 'Choose a simpler condition.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpheadermatch',
  },
});

interface Sides {
  readonly primary: readonly BackendRef[];
  readonly canary: readonly BackendRef[];
}

const token = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
const special = /[\\^$.*+?()[\]{}|]/g;
const maximumWeight = 1_000_000;

type Branches = readonly DraftBranch[] | { readonly reason: string };

/** Header first: with a value only that value counts, with a pattern only the pattern, else always and never. */
function headerBranches({ header, headerValue, headerPattern }: CanaryIntent, { primary, canary }: Sides): Branches {
  if (header === '') return [];
  if (!token.test(header)) return { reason: `${header} is no header name` };
  const exact = (value: string): readonly HeaderMatch[] => [{ type: 'Exact', name: header, value }];
  if (headerValue !== '') return [{ suffix: 'canary-header', headers: exact(headerValue), backendRefs: canary }];
  if (headerPattern === '') {
    return [
      { suffix: 'canary-header', headers: exact('always'), backendRefs: canary },
      { suffix: 'primary-header', headers: exact('never'), backendRefs: primary },
    ];
  }
  if (readRegex(headerPattern).unsupported.length > 0) return { reason: `${headerPattern} is no RE2 expression` };
  // nginx searches the value.
  const headers: readonly HeaderMatch[] = [{ type: 'RegularExpression', name: header, value: `^.*(?:${headerPattern}).*$` }];
  return [{ suffix: 'canary-header', headers, backendRefs: canary }];
}

/** Then the cookie, whose name ignores case in nginx. */
function cookieBranches({ cookie }: CanaryIntent, { primary, canary }: Sides): Branches {
  if (cookie === '') return [];
  if (!token.test(cookie)) return { reason: `${cookie} is no cookie name` };
  const holds = (value: string): readonly HeaderMatch[] => [
    { type: 'RegularExpression', name: 'Cookie', value: `^(?:.*; *)?(?i:${cookie.replace(special, '\\$&')})=${value}(?: *;.*)?$` },
  ];
  return [
    { suffix: 'canary-cookie', headers: holds('always'), backendRefs: canary },
    { suffix: 'primary-cookie', headers: holds('never'), backendRefs: primary },
  ];
}

/** Everything else follows the weights; a side without a share is left out. */
function weighted({ weight, weightTotal }: CanaryIntent, { primary, canary }: Sides): readonly BackendRef[] {
  const total = Math.max(100, weightTotal);
  if (weight <= 0) return primary;
  if (weight >= total) return canary;
  const scale = total > maximumWeight ? maximumWeight / total : 1;
  const share = Math.max(1, Math.round(weight * scale));
  return [
    ...primary.map((ref) => ({ ...ref, weight: Math.round(total * scale) - share })),
    ...canary.map((ref) => ({ ...ref, weight: share })),
  ];
}

export const lowerCanary: Lower<'canary'> = (intent, draft, context) => {
  const subject = subjectOf(intent, context);
  const sides: Sides = { primary: draft.backendRefs, canary: [backendRef(intent.backend, namespaceOf(context))] };
  if (sides.primary.length === 0) return { kind: 'exact' };
  const { namespace, name } = intent.backend;
  const further: Finding[] = [];
  for (const branches of [headerBranches(intent, sides), cookieBranches(intent, sides)]) {
    if ('reason' in branches) further.push(raise(canaryCodes, 'canary/condition-lost', subject, { key: keyOf(intent), reason: branches.reason }));
    else draft.branches.push(...branches);
  }
  if (draft.branches.some(({ headers }) => headers.some(({ type }) => type === 'RegularExpression'))) {
    further.push(raise(canaryCodes, 'canary/header-expression', subject, {}));
  }
  draft.backendRefs = [...weighted(intent, sides)];
  return { kind: 'approximate', findings: [raise(canaryCodes, 'canary/no-fallback', subject, { service: `${namespace}/${name}` }), ...further] };
};
