import type { JsonObject } from '../model/gateway.ts';
import { gatewayGroup } from './constants.ts';
import type { EmitRule } from './emit-rule.ts';
import type { MergedPolicy } from './policies.ts';
import { nameRules } from './rule-names.ts';

/** One policy object to be: its spec, and the rules of the route it is for. */
export interface PolicyForRoute {
  readonly policy: MergedPolicy;
  /** All rules of the route when `sections` is undefined. */
  readonly rules: readonly EmitRule[];
  /** Names of the rules it points at; undefined: the route as a whole. */
  readonly sections: readonly string[] | undefined;
}

export interface RoutePolicies {
  readonly policies: readonly PolicyForRoute[];
  readonly ruleNames: ReadonlyMap<EmitRule, string>;
}

interface Use {
  readonly policy: MergedPolicy;
  readonly rules: EmitRule[];
}

const nothing: RoutePolicies = { policies: [], ruleNames: new Map() };

/** Rules by the spec they need, kind by kind, in the order of the rules. */
function usesOf(rules: readonly EmitRule[]): readonly Use[] {
  const uses = new Map<string, Use>();
  for (const rule of rules) {
    for (const policy of rule.policies) {
      const key = `${policy.apiVersion} ${policy.kind} ${policy.specKey}`;
      const use = uses.get(key);
      if (use === undefined) uses.set(key, { policy, rules: [rule] });
      else use.rules.push(rule);
    }
  }
  return [...uses.values()];
}

/** A policy all rules of the route need is attached to the route; any other points at the rules that need it, which get names. */
export function targetPolicies(rules: readonly EmitRule[]): RoutePolicies {
  if (rules.every(({ policies }) => policies.length === 0)) return nothing;
  const uses = usesOf(rules);
  const partial = new Set(uses.filter((use) => use.rules.length < rules.length).flatMap((use) => use.rules));
  const ruleNames = partial.size === 0 ? nothing.ruleNames : nameRules(rules.filter((rule) => partial.has(rule)));
  return {
    ruleNames,
    policies: uses.map(({ policy, rules: used }) => ({
      policy,
      rules: used,
      sections: used.length === rules.length ? undefined : used.map((rule) => ruleNames.get(rule) ?? ''),
    })),
  };
}

/** At most as many as a route has rules: 16, the limit of targetRefs in the policies of Envoy Gateway as well. */
export function targetRefs(kind: string, name: string, sections: readonly string[] | undefined): readonly JsonObject[] {
  if (sections === undefined) return [{ group: gatewayGroup, kind, name }];
  return sections.map((sectionName) => ({ group: gatewayGroup, kind, name, sectionName }));
}
