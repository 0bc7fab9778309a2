import type { GatewayObject, JsonObject } from '../../model/gateway.ts';
import type { Index, Service } from '../../model/inventory.ts';
import { objectsIn, textIn } from '../../model/json.ts';
import type { VerifyProfile } from './profile.ts';

/** An object with its namespace filled in. */
export interface Placed {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly spec: JsonObject;
}

/** The objects by what evaluation asks for. */
export interface ObjectIndex {
  readonly gateways: readonly Placed[];
  readonly listenerSets: readonly Placed[];
  readonly routes: readonly Placed[];
  /** HTTPRouteFilter and Backend objects, as `KIND NAMESPACE/NAME`. */
  readonly extensions: ReadonlyMap<string, Placed>;
  /** Specs of policies as `KIND TARGETKIND NAMESPACE/TARGET#SECTION`; the first one wins a conflict. */
  readonly policies: ReadonlyMap<string, Placed>;
  readonly grants: ReadonlySet<string>;
  /** BackendTLSPolicies as `KIND NAMESPACE/TARGET#SECTION`. */
  readonly backendTls: ReadonlyMap<string, Placed>;
  /** Services of the cluster, where they are known: their ports have names, and say what is spoken there. */
  readonly services: Index<Service> | undefined;
}

const routeKinds = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute']);
const extensionKinds = new Set(['HTTPRouteFilter', 'Backend']);
const policyKinds = new Set(['SecurityPolicy', 'BackendTrafficPolicy', 'ClientTrafficPolicy']);

export function policyKey(kind: string, targetKind: string, namespace: string, name: string, section: string): string {
  return `${kind} ${targetKind} ${namespace}/${name}#${section}`;
}

/** `name` is '' where a grant names all objects of the kind. */
function grantKey(fromKind: string, fromNamespace: string, toKind: string, toNamespace: string, name: string): string {
  return `${fromKind} ${fromNamespace} ${toKind} ${toNamespace}/${name}`;
}

function addGrant({ namespace, spec }: Placed, grants: Set<string>): void {
  for (const from of objectsIn(spec, 'from')) {
    for (const to of objectsIn(spec, 'to')) {
      grants.add(grantKey(textIn(from, 'kind') ?? '', textIn(from, 'namespace') ?? '', textIn(to, 'kind') ?? '', namespace, textIn(to, 'name') ?? ''));
    }
  }
}

export const targetKey = (kind: string, namespace: string, name: string, section: string): string => `${kind} ${namespace}/${name}#${section}`;

function addBackendTls(policy: Placed, policies: Map<string, Placed>): void {
  for (const target of objectsIn(policy.spec, 'targetRefs')) {
    const key = targetKey(textIn(target, 'kind') ?? '', policy.namespace, textIn(target, 'name') ?? '', textIn(target, 'sectionName') ?? '');
    if (!policies.has(key)) policies.set(key, policy);
  }
}

function addPolicy(policy: Placed, policies: Map<string, Placed>): void {
  for (const target of objectsIn(policy.spec, 'targetRefs')) {
    const key = policyKey(policy.kind, textIn(target, 'kind') ?? '', policy.namespace, textIn(target, 'name') ?? '', textIn(target, 'sectionName') ?? '');
    if (!policies.has(key)) policies.set(key, policy);
  }
}

/** Linear in the objects. */
export function indexObjects(objects: readonly GatewayObject[], { namespace: fallback }: VerifyProfile, services?: Index<Service>): ObjectIndex {
  const gateways: Placed[] = [];
  const listenerSets: Placed[] = [];
  const routes: Placed[] = [];
  const extensions = new Map<string, Placed>();
  const policies = new Map<string, Placed>();
  const grants = new Set<string>();
  const backendTls = new Map<string, Placed>();
  for (const { kind, metadata, spec } of objects) {
    const placed: Placed = { kind, namespace: metadata.namespace ?? fallback, name: metadata.name, spec };
    if (kind === 'Gateway') gateways.push(placed);
    else if (kind === 'ListenerSet') listenerSets.push(placed);
    else if (routeKinds.has(kind)) routes.push(placed);
    else if (extensionKinds.has(kind)) extensions.set(`${kind} ${placed.namespace}/${placed.name}`, placed);
    else if (policyKinds.has(kind)) addPolicy(placed, policies);
    else if (kind === 'BackendTLSPolicy') addBackendTls(placed, backendTls);
    else if (kind === 'ReferenceGrant') addGrant(placed, grants);
  }
  return { gateways, listenerSets, routes, extensions, policies, grants, backendTls, services };
}

/** Whether a reference may leave its namespace. Source: https://gateway-api.sigs.k8s.io/api-types/referencegrant/ */
export function isGranted({ grants }: ObjectIndex, from: Pick<Placed, 'kind' | 'namespace'>, to: Pick<Placed, 'kind' | 'namespace' | 'name'>): boolean {
  if (from.namespace === to.namespace) return true;
  const key = (name: string): string => grantKey(from.kind, from.namespace, to.kind, to.namespace, name);
  return grants.has(key(to.name)) || grants.has(key(''));
}
