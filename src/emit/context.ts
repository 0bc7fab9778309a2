import type { LoweredPlan } from '../targets/lowered.ts';
import type { Profile } from '../targets/profile.ts';
import { defaultGatewayName, type EmitOptions } from './options.ts';

/** What every part of the stage needs to know. */
export interface EmitContext {
  readonly plan: LoweredPlan;
  readonly profile: Profile;
  readonly options: EmitOptions;
  readonly gateway: { readonly namespace: string; readonly name: string };
  /** The one namespace of all rules; undefined when there are several. */
  readonly onlyNamespace: string | undefined;
  /** Objects of `onlyNamespace` state no namespace. */
  readonly omitNamespace: boolean;
}

/** Where a Gateway lives that serves several namespaces and was given none. */
export const sharedNamespace = 'gateway-system';

/** Rules that belong to no Ingress and no Service state no namespace: they live where the others do, or beside the Gateway. */
function withNamespace(plan: LoweredPlan, fallback: string): LoweredPlan {
  if (plan.rules.every(({ namespace }) => namespace !== '')) return plan;
  return {
    ...plan,
    rules: plan.rules.map((rule) => (rule.namespace === '' ? { ...rule, namespace: fallback } : rule)),
    listeners: plan.listeners.map((listener) => ({ ...listener, namespaces: listener.namespaces.map((name) => (name === '' ? fallback : name)) })),
  };
}

export function createContext(plan: LoweredPlan, profile: Profile, options: EmitOptions): EmitContext {
  const stated = new Set<string>();
  for (const { namespace } of plan.rules) if (namespace !== '') stated.add(namespace);
  const [first] = stated;
  const given = options.gateway?.namespace;
  const gatewayNamespace = given ?? (stated.size === 1 && first !== undefined ? first : sharedNamespace);
  const onlyNamespace = stated.size > 1 ? undefined : (first ?? gatewayNamespace);
  return {
    plan: withNamespace(plan, onlyNamespace ?? gatewayNamespace),
    profile,
    options,
    gateway: { namespace: gatewayNamespace, name: options.gateway?.name ?? defaultGatewayName },
    onlyNamespace,
    // A Gateway elsewhere must name the namespace whose routes it admits, so the routes must name it as well.
    omitNamespace: options.omitNamespace && onlyNamespace !== undefined && (given === undefined || options.existingGateway),
  };
}
