import { raise, type Finding } from '../diagnostics/finding.ts';
import type { PathMatch } from '../model/gateway.ts';
import type { PlanHost, PlanRule } from '../plan/plan.ts';
import { codes } from './codes.ts';
import { isReachable, maximumPathLength, pathText, prefixText, isUnreserved } from './path-text.ts';
import type { PlacedRule } from './paths.ts';
import type { Profile } from './profile.ts';
import { areUnequallyProtected } from './protections.ts';
import { rewriteOnPlain, rewriteTargetOf } from './rewrite-target.ts';
import { aboutRule, hostName } from './subject.ts';

/** The longest run of whole segments that fits. */
function cutPrefix(value: string): string {
  const cut = value.slice(0, maximumPathLength);
  return prefixText(cut.slice(0, cut.lastIndexOf('/')) || '/');
}

const slashes: readonly PathMatch[] = [{ type: 'RegularExpression', value: '//' }];

/** nginx merges slashes before it looks for `/`; where a gateway does not, they would get the rule of another path. */
function alsoOf({ location: { path, pathType } }: PlanRule, host: PlanHost, { keepsSlashes }: Profile): readonly PathMatch[] | undefined {
  return keepsSlashes === true && path === '/' && pathType === 'Exact' && areUnequallyProtected(host.rules) ? slashes : undefined;
}

function placePlain(host: PlanHost, rule: PlanRule, profile: Profile, add: (finding: Finding) => void): PlacedRule | undefined {
  const { location } = rule;
  const { path, pathType } = location;
  const about = { host: hostName(host.server), path };
  if (!isReachable(path)) {
    add(raise(codes, 'path/never-matches', aboutRule(rule), about));
    return undefined;
  }
  const { value: text, escaped } = pathText(path);
  const match: PathMatch = pathType === 'Exact' ? { type: 'Exact', value: text } : { type: 'PathPrefix', value: prefixText(text) };
  if (escaped) add(raise(codes, 'path/escaped', aboutRule(rule), { ...about, value: match.value }));
  if (!isUnreserved(path) && areUnequallyProtected(host.rules)) add(raise(codes, 'path/special-near-protection', aboutRule(rule), about));
  const rewrite = rewriteOnPlain(rewriteTargetOf(rule), path);
  const also = alsoOf(rule, host, profile);
  if (text.length <= maximumPathLength) return { rule, path: { match, rewrite, closedBy: [], ...(also === undefined ? {} : { also }) } };
  const value = cutPrefix(text);
  add(raise(codes, 'path/too-long', aboutRule(rule), { host: about.host, length: String(text.length), value }));
  return { rule, path: { match: { type: 'PathPrefix', value }, rewrite, closedBy: ['path/too-long'] } };
}

/** Paths of a host that nginx compares as text: pathType decides, and nothing of the meaning changes. */
export function placePlainPaths(host: PlanHost, rules: readonly PlanRule[], profile: Profile, add: (finding: Finding) => void): readonly PlacedRule[] {
  return rules.map((rule) => placePlain(host, rule, profile, add)).filter((placed) => placed !== undefined);
}
