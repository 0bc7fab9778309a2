import { raise } from '../../diagnostics/finding.ts';
import { sha256 } from '../../model/digest.ts';
import type { BackendRef, GatewayObject, JsonObject } from '../../model/gateway.ts';
import type { BackendProtocolIntent, BackendTlsIntent } from '../../plan/intents.ts';
import { backendTlsOf, backendTlsPolicy, everyBackend, replaceBackends } from '../backend-tls.ts';
import type { LoweringContext, Verdict } from '../define.ts';
import type { RuleDraft } from '../draft.ts';
import { namespaceOf } from '../lower-rule.ts';
import { leftOut, serviceNameOf, verificationObstacle } from '../standard/backend-tls.ts';
import { standardLowerings } from '../standard/lowerings.ts';
import { subjectOf } from '../subject.ts';
import { codes } from './codes.ts';
import { envoyGatewayGroup, envoyGatewayVersion } from './policies.ts';
import { nameOf } from './protections.ts';

const versions: ReadonlyMap<string, string> = new Map([['TLSv1', '1.0'], ['TLSv1.1', '1.1'], ['TLSv1.2', '1.2'], ['TLSv1.3', '1.3']]);

/** TLS to one backend as the annotations detail it. The name is what Envoy verifies, as the hostname of a BackendTLSPolicy is. */
function tlsOf(intent: BackendTlsIntent | undefined): JsonObject {
  if (intent === undefined) return { insecureSkipVerify: true };
  const { secret, verify, serverName, name, clientCertificate, protocols } = intent;
  const offered = protocols.map((version) => versions.get(version)).filter((version) => version !== undefined).sort();
  const [minVersion] = offered;
  const maxVersion = offered.at(-1);
  const held = { group: '', kind: 'Secret', name: secret.name };
  return {
    ...(verify ? { caCertificateRefs: [held] } : { insecureSkipVerify: true }),
    ...((verify || serverName) && name !== '' ? { sni: name } : {}),
    ...(clientCertificate === true ? { clientCertificateRef: held } : {}),
    ...(minVersion === undefined || maxVersion === undefined ? {} : { minVersion, maxVersion }),
  };
}

/** The Service by its cluster name, so that this route alone speaks TLS to it in this way. */
function backendOf(ref: BackendRef, namespace: string, intent: BackendTlsIntent | undefined): GatewayObject {
  const tls = tlsOf(intent);
  // Services of one name may stand in several namespaces: a canary's need not be beside it.
  const own = ref.namespace === undefined || ref.namespace === namespace;
  const told = own ? JSON.stringify(tls) : `${ref.namespace} ${JSON.stringify(tls)}`;
  const suffix = intent === undefined && own ? 'tls' : `tls-${sha256(told).slice(0, 10)}`;
  return {
    apiVersion: envoyGatewayVersion,
    kind: 'Backend',
    metadata: { name: `${ref.name}-${ref.port ?? 0}-${suffix}`, namespace },
    spec: {
      endpoints: [{ fqdn: { hostname: `${ref.name}.${ref.namespace ?? namespace}.svc.cluster.local`, port: ref.port ?? 443 } }],
      tls,
    },
  };
}

function useBackends(draft: RuleDraft, context: LoweringContext): void {
  const namespace = namespaceOf(context);
  const intent = backendTlsOf(context);
  replaceBackends(draft, (ref) => {
    const backend = backendOf(ref, namespace, intent);
    draft.objects.push(backend);
    const { weight } = ref;
    return { group: envoyGatewayGroup, kind: backend.kind, name: backend.metadata.name, ...(weight === undefined ? {} : { weight }) };
  });
}

export function lowerBackendProtocol(intent: BackendProtocolIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  // GRPCS needs HTTP/2 in the TLS handshake, which a Backend cannot ask for.
  if (intent.protocol !== 'HTTPS' || backendTlsOf(context)?.verify === true) return standardLowerings['backend-protocol'](intent, draft, context);
  useBackends(draft, context);
  const args = { object: nameOf(context), protocol: intent.protocol, service: serviceNameOf(context) };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/unverified-backend', subjectOf(intent, context), args)] };
}

/** What a Backend cannot say, as sentences with a space before each. */
function notKept({ secret, depth, ciphers, clientCertificate }: BackendTlsIntent): string {
  const parts = [
    depth > 1 ? ' proxy-ssl-verify-depth has no counterpart.' : '',
    ciphers === '' ? '' : ' proxy-ssl-ciphers has no counterpart.',
    clientCertificate === undefined ? ` A client certificate in Secret ${secret.namespace}/${secret.name}, if there is one, is not shown: the Secret is not part of the input.` : '',
  ];
  return parts.join('');
}

/** A policy of the Service would change other routes, or leave the client certificate out: a Backend of its own does neither. */
function needsBackend({ verify, otherwise, clientCertificate, protocols }: BackendTlsIntent, context: LoweringContext): boolean {
  return verify && protocolOf(context) === 'HTTPS' && (otherwise.length > 0 || clientCertificate === true || protocols.length > 0);
}

function protocolOf({ rule }: LoweringContext): string {
  return rule.intents.find((intent) => intent.kind === 'backend-protocol')?.protocol ?? '';
}

/** Verified: a BackendTLSPolicy that reads the CA from the Secret itself, or a Backend. Not verified: details of the Backend that backend-protocol writes. */
export function lowerBackendTls(intent: BackendTlsIntent, draft: RuleDraft, context: LoweringContext): Verdict {
  const subject = subjectOf(intent, context);
  const { secret } = intent;
  const object = nameOf(context);
  const beside = secret.namespace === namespaceOf(context);
  const differences = notKept(intent);
  if (!intent.verify) return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/backend-tls-details', subject, { object, differences })] };
  const asBackend = beside && needsBackend(intent, context);
  const wrong = verificationObstacle(asBackend ? { ...intent, otherwise: [] } : intent, context);
  if (wrong !== undefined) return { kind: 'closed', findings: [wrong] };
  if (asBackend) {
    useBackends(draft, context);
    return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/verified-backend', subject, { object, service: serviceNameOf(context), name: intent.name, differences })] };
  }
  const ca = beside ? ({ kind: 'Secret', name: secret.name } as const) : ({ kind: 'ConfigMap', name: secret.name } as const);
  for (const ref of everyBackend(draft)) draft.objects.push(backendTlsPolicy(ref, intent, ca, context));
  const source = beside ? `Secret ${secret.namespace}/${secret.name}` : `ConfigMap ${secret.name} beside the Service, which has to be made`;
  const args = { service: serviceNameOf(context), ca: source, name: intent.name, differences: leftOut(intent) };
  return { kind: 'approximate', findings: [raise(codes, 'envoy-gateway/backend-tls-policy', subject, args)] };
}
