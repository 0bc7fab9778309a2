import type { LoweredRule } from '../targets/lowered.ts';
import { limits, matchesPerRule } from './constants.ts';
import type { EmitContext } from './context.ts';
import type { EmitRule } from './emit-rule.ts';
import { createMerger } from './policies.ts';
import { splitRules } from './split.ts';

/** Rules that may share a route: same hostnames, namespace, kind and listeners. */
export interface RouteGroup {
  readonly hostnames: readonly string[];
  readonly namespace: string;
  readonly kind: LoweredRule['routeKind'];
  readonly scope: LoweredRule['listeners'];
  readonly rules: readonly EmitRule[];
}

/** The rules of one route object. */
export interface RoutePart {
  readonly hostnames: readonly string[];
  readonly rules: readonly EmitRule[];
}

function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (items.length <= size) return [items];
  const chunks: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}

/** The text of a host list, computed once per list: rules of a host share it. */
function createHostKeys(): (hostnames: readonly string[]) => string {
  const keys = new Map<readonly string[], string>();
  return (hostnames) => {
    let key = keys.get(hostnames);
    if (key === undefined) keys.set(hostnames, (key = hostnames.join(' ')));
    return key;
  };
}

/** Groups in the order of their first rule; rules keep their order. */
export function groupRules({ plan, profile }: EmitContext): readonly RouteGroup[] {
  const hostKey = createHostKeys();
  const merge = createMerger();
  const groups = new Map<string, { readonly first: LoweredRule; readonly rules: EmitRule[] }>();
  for (const rule of plan.rules) {
    const key = `${hostKey(rule.hostnames)}|${rule.namespace}|${rule.routeKind}|${rule.listeners}`;
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { first: rule, rules: [] }));
    const policies = merge(rule.policies);
    for (const matches of chunksOf(rule.matches, matchesPerRule(rule.routeKind, profile))) group.rules.push({ rule, matches, policies });
  }
  return [...groups.values()].map(({ first, rules }) => ({
    hostnames: first.hostnames,
    namespace: first.namespace,
    kind: first.routeKind,
    scope: first.listeners,
    rules,
  }));
}

/** Where a policy cannot name a single rule of a route, rules with different policies need different routes. */
function byPolicies(rules: readonly EmitRule[]): readonly (readonly EmitRule[])[] {
  const sets = new Map<string, EmitRule[]>();
  for (const rule of rules) {
    const key = rule.policies.map(({ apiVersion, kind, specKey }) => `${apiVersion} ${kind} ${specKey}`).join('\n');
    const set = sets.get(key);
    if (set === undefined) sets.set(key, [rule]);
    else set.push(rule);
  }
  return [...sets.values()];
}

/** The routes of a group: one, unless limits or policies ask for more. */
export function partsOf(group: RouteGroup, { profile }: EmitContext): readonly RoutePart[] {
  const sets = profile.supports('rule-name') ? [group.rules] : byPolicies(group.rules);
  const parts = sets.flatMap((rules) => splitRules(rules, group.kind));
  const hosts = chunksOf(group.hostnames, limits.hostnames);
  return hosts.flatMap((hostnames) => parts.map((rules) => ({ hostnames, rules })));
}
