import { raise } from '../../diagnostics/finding.ts';
import type { BackendRef, GatewayObject } from '../../model/gateway.ts';
import type { BackendProtocolIntent } from '../../plan/intents.ts';
import type { LoweringContext, Verdict } from '../define.ts';
import type { RuleDraft } from '../draft.ts';
import { standardLowerings } from '../standard/lowerings.ts';
import { subjectOf } from '../subject.ts';
import { codes } from './codes.ts';
import { envoyGatewayGroup, envoyGatewayVersion } from './policies.ts';
import { nameOf } from './protections.ts';

/** TLS to the Service's cluster name without verification, as ingress-nginx does it by default. */
function unverified(ref: BackendRef, namespace: string): GatewayObject {
  return {
    apiVersion: envoyGatewayVersion,
    kind: 'Backend',
    metadata: { name: `${ref.name}-${ref.port ?? 0}-tls`, namespace },
    spec: {
      endpoints: [{ fqdn: { hostname: `${ref.name}.${ref.namespace ?? namespace}.svc.cluster.local`, port: ref.port ?? 443 } }],
      tls: { insecureSkipVerify: true },
    },
  };
}

export function lowerBackendProtocol(intent: BackendProtocolIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  // GRPCS needs HTTP/2 in the TLS handshake, which a Backend cannot ask for.
  if (intent.protocol !== 'HTTPS') return standardLowerings['backend-protocol'](intent, draft, context);
  const namespace = context.rule.location.ingress?.ref.namespace ?? '';
  draft.backendRefs = draft.backendRefs.map((ref) => {
    const backend = unverified(ref, namespace);
    draft.objects.push(backend);
    const { weight } = ref;
    return { group: envoyGatewayGroup, kind: backend.kind, name: backend.metadata.name, ...(weight === undefined ? {} : { weight }) };
  });
  const first = context.rule.location.backend;
  const service = first.kind === 'service' ? `${first.namespace}/${first.name}` : '';
  const args = { object: nameOf(context), protocol: intent.protocol, service };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/unverified-backend', subjectOf(intent, context), args)] };
}
