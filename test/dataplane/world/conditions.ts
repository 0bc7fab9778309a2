import type { KubernetesObject } from '../../traffic/object.ts';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
}

interface Status {
  readonly conditions?: readonly Condition[];
  readonly listeners?: readonly { readonly name: string; readonly conditions: readonly Condition[] }[];
  readonly parents?: readonly { readonly controllerName: string; readonly conditions: readonly Condition[] }[];
  readonly ancestors?: readonly { readonly controllerName: string; readonly conditions: readonly Condition[] }[];
}

/** Kinds whose status says whether the implementation took them. HTTPRouteFilter has none, Backend has one only where it is used. */
const speaking = new Set(['Gateway', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'SecurityPolicy', 'BackendTrafficPolicy', 'ClientTrafficPolicy', 'BackendTLSPolicy']);

/** Conditions that must hold, and those that must not. Others (Overridden, for one) are remarks. */
const wanted: ReadonlyMap<string, string> = new Map([
  ['Accepted', 'True'],
  ['ResolvedRefs', 'True'],
  ['Programmed', 'True'],
  ['Conflicted', 'False'],
  ['PartiallyInvalid', 'False'],
]);

export const hasStatus = ({ kind }: KubernetesObject): boolean => speaking.has(kind);

function conditionsOf(object: KubernetesObject): readonly Condition[] {
  const { conditions = [], listeners = [], parents = [], ancestors = [] } = (object['status'] ?? {}) as Status;
  return [...conditions, ...[...listeners, ...parents, ...ancestors].flatMap((part) => part.conditions)];
}

/** Whether every condition is about the object as it is now. A fresh Gateway has conditions that nobody but the API server wrote. */
export function isJudged(object: KubernetesObject): boolean {
  const conditions = conditionsOf(object).filter(({ reason }) => reason !== 'Pending');
  const generation = Number(object.metadata['generation'] ?? 1);
  const listeners = ((object['status'] ?? {}) as Status).listeners ?? [];
  if (object.kind === 'Gateway' && listeners.length < ((object['spec'] as { readonly listeners?: readonly unknown[] }).listeners ?? []).length) return false;
  return conditions.length > 0 && conditions.every(({ observedGeneration }) => (observedGeneration ?? 0) >= generation);
}

/** The host has no load balancer that would give a Gateway its address. */
const unavoidable = new Set(['AddressNotAssigned']);

/** What the implementation did not take, as `KIND NAMESPACE/NAME CONDITION REASON: MESSAGE`. */
export function refusals(object: KubernetesObject): readonly string[] {
  const { kind, metadata } = object;
  return conditionsOf(object)
    .filter(({ type, status, reason }) => wanted.has(type) && wanted.get(type) !== status && !unavoidable.has(reason))
    .map(({ type, status, reason, message }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name} ${type}=${status} ${reason}: ${message}`);
}
