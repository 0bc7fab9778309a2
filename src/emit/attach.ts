import type { GatewayObject } from '../model/gateway.ts';
import type { EmitContext } from './context.ts';
import type { GatewayPlan } from './layout.ts';
import { allocateNames, longestName, scopeOf, type NameRequest, type TakenNames } from './names.ts';
import { mergePolicies, type MergedPolicy } from './policies.ts';
import type { EmittedRoute } from './routes.ts';
import { targetRefs, type PolicyForRoute } from './targets.ts';

interface PendingPolicy<T> {
  readonly policy: MergedPolicy;
  readonly namespace: string;
  readonly text: string;
  readonly targets: ReturnType<typeof targetRefs>;
  readonly of: T;
}

/** A policy object with what it belongs to. */
export interface EmittedPolicy<T> {
  readonly object: GatewayObject;
  readonly of: T;
}

function emitPolicies<T>(pending: readonly PendingPolicy<T>[], taken: TakenNames): readonly EmittedPolicy<T>[] {
  const requests = pending.map(({ policy, namespace, text, targets }): NameRequest => {
    return { scope: scopeOf(policy.kind, namespace), text, key: JSON.stringify(targets), canonical: targets.length === 1 && targets[0]?.['sectionName'] === undefined };
  });
  const names = allocateNames(requests, longestName, taken);
  return pending.map(({ policy, namespace, targets, of }, index) => ({
    of,
    object: {
      apiVersion: policy.apiVersion,
      kind: policy.kind,
      metadata: { name: names[index] ?? '', namespace },
      spec: { targetRefs: targets, ...policy.spec },
    },
  }));
}

/** A policy for single rules is named after the first of them. */
function pendingFor(route: EmittedRoute, use: PolicyForRoute): PendingPolicy<PolicyForRoute> {
  const { name } = route.object.metadata;
  const text = use.sections === undefined ? name : `${name}-${use.sections[0] ?? ''}`;
  return { policy: use.policy, namespace: route.namespace, text, targets: targetRefs(route.object.kind, name, use.sections), of: use };
}

/** The policies of all routes. */
export function policiesOfRoutes(routes: readonly EmittedRoute[], taken: TakenNames): readonly EmittedPolicy<PolicyForRoute>[] {
  return emitPolicies(
    routes.flatMap((route) => route.policies.map((use) => pendingFor(route, use))),
    taken,
  );
}

/** Policies on whole Gateways and on single listeners. A target that lets the one replace the other has merged them already. */
export function policiesOfGateways(gateways: readonly GatewayPlan[], { plan, gateway }: EmitContext, taken: TakenNames): readonly GatewayObject[] {
  const { namespace } = gateway;
  const whole = mergePolicies(plan.gatewayPolicies);
  const pending = gateways.flatMap(({ name, listeners }) => [
    ...whole.map((policy) => ({ policy, namespace, text: name, targets: targetRefs('Gateway', name, undefined), of: undefined })),
    ...listeners.flatMap((listener) =>
      mergePolicies(listener.source?.policies ?? []).map((policy) => ({
        policy,
        namespace,
        text: `${name}-${listener.name}`,
        targets: targetRefs('Gateway', name, [listener.name]),
        of: undefined,
      })),
    ),
  ]);
  return emitPolicies(pending, taken).map(({ object }) => object);
}
