import type { GatewayObject } from '../model/gateway.ts';
import { checkReference, type AddProblem } from './backends.ts';
import type { Grants } from './grants.ts';
import type { ObjectIndex } from './object-index.ts';
import { gatewayOf, isRoute, namespaceOf, policyOf, routeOf, type Reference } from './shapes.ts';

const gatewayGroup = 'gateway.networking.k8s.io';

/** Listeners of a Gateway, rules of a route. */
function hasSection(target: GatewayObject, sectionName: string): boolean {
  const sections: readonly { readonly name?: string }[] = (isRoute(target) ? routeOf(target).rules : gatewayOf(target).listeners) ?? [];
  return sections.some(({ name }) => name === sectionName);
}

function targetProblem(policy: GatewayObject, { group = '', kind = '', name, sectionName }: Reference, index: ObjectIndex): string | undefined {
  // A Service is the cluster's, and so is a Gateway when the output has none.
  if (group !== gatewayGroup || !index.holds(group, kind)) return undefined;
  const target = index.get(group, kind, namespaceOf(policy), name);
  if (target === undefined) return `there is no ${kind} ${name} in the policy's namespace`;
  if (sectionName !== undefined && !hasSection(target, sectionName)) return `${kind} ${name} has no ${sectionName}`;
  return undefined;
}

/** Targets of a policy, and the authorization services it asks. */
export function targetProblems(policy: GatewayObject, index: ObjectIndex, grants: Grants, add: AddProblem): void {
  const { targetRef, targetRefs, extAuth } = policyOf(policy);
  for (const [i, ref] of (targetRefs ?? (targetRef === undefined ? [] : [targetRef])).entries()) {
    const problem = targetProblem(policy, ref, index);
    if (problem !== undefined) add(`spec.targetRefs[${i}]`, problem);
  }
  for (const [i, ref] of (extAuth?.http?.backendRefs ?? []).entries()) {
    const problem = checkReference(policy, ref, { group: '', kind: 'Service' }, index, grants);
    if (problem !== undefined) add(`spec.extAuth.http.backendRefs[${i}]`, problem);
  }
}
