import type { LoweredRule } from '../targets/lowered.ts';
import { limits, rulesPerRoute } from './constants.ts';
import type { EmitRule } from './emit-rule.ts';

/**
 * Rules that match the same path, in the order of the first of each. Between such rules the order within a route decides; between routes it
 * would be their age (https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule).
 */
function byPath(rules: readonly EmitRule[]): readonly (readonly EmitRule[])[] {
  const units: EmitRule[][] = [];
  const unitOf = new Map<string, EmitRule[]>();
  for (const rule of rules) {
    const keys = rule.matches.map(({ path }) => `${path.type} ${path.value}`);
    let unit: EmitRule[] | undefined;
    for (const key of keys) unit ??= unitOf.get(key);
    if (unit === undefined) units.push((unit = []));
    unit.push(rule);
    for (const key of keys) unitOf.set(key, unit);
  }
  return units;
}

const matchesOf = (rules: readonly EmitRule[]): number => rules.reduce((sum, { matches }) => sum + Math.max(1, matches.length), 0);

/** Rules as lists that fit into a route each: in their order, rules of one path together unless they are too many for any route. */
export function splitRules(rules: readonly EmitRule[], kind: LoweredRule['routeKind']): readonly (readonly EmitRule[])[] {
  const most = rulesPerRoute(kind);
  if (rules.length <= most && matchesOf(rules) <= limits.matchesPerRoute) return [rules];
  const fits = (count: number, matches: number): boolean => count <= most && matches <= limits.matchesPerRoute;
  const units = byPath(rules).flatMap((unit) => (fits(unit.length, matchesOf(unit)) ? [unit] : unit.map((rule) => [rule])));
  const parts: EmitRule[][] = [];
  let current: EmitRule[] = [];
  let used = 0;
  for (const unit of units) {
    const matches = matchesOf(unit);
    if (current.length > 0 && !fits(current.length + unit.length, used + matches)) {
      parts.push(current);
      current = [];
      used = 0;
    }
    current.push(...unit);
    used += matches;
  }
  parts.push(current);
  return parts;
}
