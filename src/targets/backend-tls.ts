import type { BackendRef, GatewayObject, Json } from '../model/gateway.ts';
import { objectKey } from '../model/object.ts';
import type { BackendTlsIntent } from '../plan/intents.ts';
import type { LoweringContext } from './define.ts';
import type { RuleDraft } from './draft.ts';
import { namespaceOf } from './lower-rule.ts';

/** What the rule asks of TLS towards its backend; undefined: nothing beyond the protocol. */
export function backendTlsOf({ rule }: Pick<LoweringContext, 'rule'>): BackendTlsIntent | undefined {
  return rule.intents.find((intent): intent is BackendTlsIntent => intent.kind === 'backend-tls');
}

/** Every backend of the rule, those of a canary's branches too. */
export function everyBackend(draft: RuleDraft): readonly BackendRef[] {
  return [...draft.backendRefs, ...draft.branches.flatMap(({ backendRefs }) => backendRefs)];
}

/** Puts other backends in their place. */
export function replaceBackends(draft: RuleDraft, replace: (ref: BackendRef) => BackendRef): void {
  draft.backendRefs = draft.backendRefs.map(replace);
  draft.branches = draft.branches.map((branch) => ({ ...branch, backendRefs: branch.backendRefs.map(replace) }));
}

/** Where the CA stands that a policy of a Service can name. */
export interface CaReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
}

/** Name of the port of a Service, when it is known and tells the port apart. */
function sectionOf(ref: BackendRef, namespace: string, { inventory }: LoweringContext): string {
  const ports = inventory.services.get(objectKey(namespace, ref.name))?.ports ?? [];
  return ports.length < 2 ? '' : (ports.find(({ port }) => port === ref.port)?.name ?? '');
}

/**
 * The policy that makes a gateway speak TLS to a Service and verify it. It holds for every route to the Service, so nothing may ask for another way.
 * Source: https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/
 */
export function backendTlsPolicy(ref: BackendRef, intent: BackendTlsIntent, ca: CaReference, context: LoweringContext): GatewayObject {
  const namespace = ref.namespace ?? namespaceOf(context);
  const sectionName = sectionOf(ref, namespace, context);
  const reference: Json = { group: '', kind: ca.kind, name: ca.name };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata: { name: `${ref.name}-${ref.port ?? 0}-tls`, namespace },
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: ref.name, ...(sectionName === '' ? {} : { sectionName }) }],
      validation: { caCertificateRefs: [reference], hostname: intent.name },
    },
  };
}
