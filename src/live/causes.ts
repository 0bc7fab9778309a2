import type { Finding } from '../diagnostics/finding.ts';
import { compareText, type ObjectRef } from '../model/object.ts';
import { isList } from './canonical.ts';
import type { Change } from './change.ts';

/** What the conversion knows about one rule that it wrote. */
export interface RuleOrigin {
  /** Codes for which it forwards nothing; empty for open rules. */
  readonly closedBy: readonly string[];
  /** Ingresses that it serves. */
  readonly ingresses: ReadonlySet<ObjectRef>;
}

/**
 * Families of findings, and single codes, that say why the conversion differs in an aspect from what somebody else would write. What is not here is nobody's
 * known cause: a finding must not answer for a difference that it does not announce.
 */
const families: Readonly<Record<string, readonly string[]>> = {
  answer: ['backend', 'backend-protocol', 'canary', 'canary-attachment', 'fallback-backend', 'host', 'https-redirect', 'redirect', 'service-upstream'],
  'filter CORS': ['cors'],
  'filter ExtensionRef': ['envoy-gateway', 'rewrite'],
  'filter RequestHeaderModifier': ['custom-headers', 'headers', 'upstream-host'],
  'filter RequestMirror': ['mirror'],
  'filter ResponseHeaderModifier': ['affinity', 'cors', 'custom-headers', 'headers'],
  'filter URLRewrite': ['app-root', 'rewrite', 'upstream-host'],
  gatewayClassName: ['gateway/class'],
  hostname: ['host', 'server-alias'],
  listener: ['gateway/several-addresses', 'listener', 'server-alias', 'tls-passthrough'],
  match: ['host', 'location', 'path', 'regex-host', 'rewrite'],
  order: ['order', 'regex-host'],
  parents: ['gateway/existing-listeners', 'gateway/several-addresses', 'tls-passthrough'],
  retry: ['retries'],
  sessionPersistence: ['affinity'],
  timeouts: ['timeouts'],
};

const familyOf = (code: string): string => code.slice(0, code.indexOf('/'));
const takesAway = ({ after }: Change): boolean => after === undefined || (isList(after) && after.length === 0);

/** A loss explains that something is missing, and nothing else. */
function explains({ code, entry }: Finding, change: Change): boolean {
  const known = families[change.aspect] ?? [];
  if (entry.fidelity === 'exact' || !(known.includes(familyOf(code)) || known.includes(code))) return false;
  return entry.fidelity === 'approximate' || takesAway(change);
}

const rulesOf = ({ rules, aspect }: Change, origins: readonly RuleOrigin[]): readonly RuleOrigin[] =>
  rules.length === 0 && aspect === 'match' ? origins : rules.map((index) => origins[index]).filter((origin) => origin !== undefined);

/** What a closed rule leaves out follows from what closed it. */
const leavesOut = (change: Change): boolean => change.aspect !== 'match' && change.aspect !== 'hostname' && change.aspect !== 'order' && takesAway(change);

/**
 * Codes of the findings of the conversion that a change follows from, sorted; empty when none is known.
 *
 * @param origins of the rules of the conversion's route; none for other objects, which findings about the whole run explain
 */
export function causesOf(change: Change, origins: readonly RuleOrigin[], findings: readonly Finding[]): readonly string[] {
  const rules = rulesOf(change, origins);
  if (rules.length > 0 && rules.every(({ closedBy }) => closedBy.length > 0) && leavesOut(change)) return [...new Set(rules.flatMap(({ closedBy }) => closedBy))].sort(compareText);
  const about = (object: ObjectRef | undefined): boolean => (object === undefined ? rules.length === 0 : rules.some(({ ingresses }) => ingresses.has(object)));
  return [...new Set(findings.filter((finding) => about(finding.object) && explains(finding, change)).map(({ code }) => code))].sort(compareText);
}
