import type { GatewayObject } from '../model/gateway.ts';
import { compareText } from '../model/object.ts';
import { gatewayGroup, limits, referenceGrantVersion } from './constants.ts';
import type { EmitContext } from './context.ts';

/** Collects references across namespaces and gives the grants that allow them, each by the name of what may be referred to. */
interface GrantTable {
  readonly allow: (from: { readonly kind: string; readonly namespace: string }, to: { readonly kind: 'Secret' | 'Service' | 'ConfigMap'; readonly namespace: string; readonly name: string }) => void;
  readonly all: () => readonly GatewayObject[];
}

interface Wish {
  readonly from: { readonly kind: string; readonly namespace: string };
  readonly to: { readonly kind: string; readonly namespace: string };
  readonly names: Set<string>;
}

function grantsOf({ from, to, names }: Wish): readonly GatewayObject[] {
  const sorted = [...names].sort(compareText);
  const grants: GatewayObject[] = [];
  for (let at = 0; at < sorted.length; at += limits.grantTargets) {
    const number = at === 0 ? '' : `-${at / limits.grantTargets + 1}`;
    grants.push({
      apiVersion: referenceGrantVersion,
      kind: 'ReferenceGrant',
      metadata: { name: `${to.kind.toLowerCase()}s-for-${from.kind.toLowerCase()}s-of-${from.namespace}${number}`, namespace: to.namespace },
      spec: {
        from: [{ group: gatewayGroup, kind: from.kind, namespace: from.namespace }],
        to: sorted.slice(at, at + limits.grantTargets).map((name) => ({ group: '', kind: to.kind, name })),
      },
    });
  }
  return grants;
}

function createGrantTable(): GrantTable {
  const wishes = new Map<string, Wish>();
  return {
    allow: (from, to) => {
      if (from.namespace === to.namespace) return;
      const key = `${from.kind} ${from.namespace} ${to.kind} ${to.namespace}`;
      let wish = wishes.get(key);
      if (wish === undefined) wishes.set(key, (wish = { from, to, names: new Set() }));
      wish.names.add(to.name);
    },
    all: () => [...wishes.values()].flatMap(grantsOf),
  };
}

/**
 * ReferenceGrants for certificates, authorities of clients and backends in other namespaces. References inside a target's policies are granted by the target.
 * Source: https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 */
export function grantsFor({ plan, gateway, options }: EmitContext): readonly GatewayObject[] {
  const grants = createGrantTable();
  const fromGateway = { kind: 'Gateway', namespace: gateway.namespace };
  for (const { certificate, clientAuthority } of options.existingGateway ? [] : plan.listeners) {
    if (certificate !== undefined) grants.allow(fromGateway, { kind: 'Secret', ...certificate });
    if (clientAuthority !== undefined) grants.allow(fromGateway, { kind: 'ConfigMap', ...clientAuthority });
  }
  for (const { routeKind, namespace, backendRefs, filters } of plan.rules) {
    const from = { kind: routeKind, namespace };
    const allow = (ref: { readonly kind?: string; readonly namespace?: string; readonly name: string }): void => {
      if (ref.namespace !== undefined && (ref.kind ?? 'Service') === 'Service') grants.allow(from, { kind: 'Service', namespace: ref.namespace, name: ref.name });
    };
    backendRefs.forEach(allow);
    for (const filter of filters) if (filter.type === 'RequestMirror') allow(filter.requestMirror.backendRef);
  }
  return grants.all();
}
