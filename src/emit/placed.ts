import type { GatewayObject } from '../model/gateway.ts';
import type { ObjectRef } from '../model/object.ts';
import type { LoweredRule } from '../targets/lowered.ts';
import type { EmittedPolicy } from './attach.ts';
import type { EmitRule } from './emit-rule.ts';
import type { EmittedRoute } from './routes.ts';
import type { PolicyForRoute } from './targets.ts';

type PlanRuleId = LoweredRule['planRule'];

function refOf({ apiVersion, kind, metadata }: GatewayObject): ObjectRef {
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

/** The objects each plan rule went into: routes, their policies, and what their filters name. Gateways serve all rules and are left out. */
export function placeRules(routes: readonly EmittedRoute[], policies: readonly EmittedPolicy<PolicyForRoute>[]): ReadonlyMap<PlanRuleId, readonly ObjectRef[]> {
  const placed = new Map<PlanRuleId, ObjectRef[]>();
  const refs = new Map<GatewayObject, ObjectRef>();
  const add = ({ rule }: EmitRule, object: GatewayObject): void => {
    let ref = refs.get(object);
    if (ref === undefined) refs.set(object, (ref = refOf(object)));
    const list = placed.get(rule.planRule);
    if (list === undefined) placed.set(rule.planRule, [ref]);
    else if (!list.includes(ref)) list.push(ref);
  };
  for (const { object, rules } of routes) {
    for (const rule of rules) {
      add(rule, object);
      for (const extension of rule.rule.extensions) add(rule, extension);
    }
  }
  for (const { object, of } of policies) for (const rule of of.rules) add(rule, object);
  return placed;
}
