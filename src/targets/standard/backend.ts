import { defineCodes, raise } from '../../diagnostics/finding.ts';
import { objectKey } from '../../model/object.ts';
import { backendTlsOf } from '../backend-tls.ts';
import type { Lower, LowerHost, LoweringContext } from '../define.ts';
import { isProtection } from '../protections.ts';
import { subjectOf } from '../subject.ts';
import { fitsGrpcRoute } from './grpc-route.ts';
import { keyOf } from './intent-key.ts';

export const backendCodes = defineCodes({
  'backend-protocol/unverified-tls': {
    fidelity: 'lost',
    risk: 'security',
    what: '{key}: {protocol} is lost, so the rules that use {service} are closed: they answer 500 and forward nothing.',
    why: 'ingress-nginx speaks TLS to the pods without looking at their certificate. BackendTLSPolicy always verifies and needs the name and the CA; without it the requests would go out as plain text.',
    do: 'Write a BackendTLSPolicy for the Service with the CA of its certificate, and accept this code.',
    source: 'https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/',
  },
  'backend-protocol/grpc-over-tls': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key}: {protocol} is lost, so the rules that use {service} are closed.',
    why: 'A gateway speaks HTTP/2 over TLS to a backend only for a GRPCRoute, and a GRPCRoute cannot stand beside other rules of the host.',
    do: 'Give the gRPC services a host of their own.',
    source: 'https://gateway-api.sigs.k8s.io/geps/gep-1911/',
  },
  'backend-protocol/fastcgi': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key}: {protocol} is lost, so the rules that use {service} are closed.',
    why: 'No field of the Gateway API makes a gateway speak FastCGI.',
    do: 'Put a web server that speaks FastCGI between the gateway and the application.',
  },
  'backend-protocol/grpc-app-protocol': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'gRPC works only once port {port} of Service {service} says appProtocol: kubernetes.io/h2c.',
    why: '{key} has no field on an HTTPRoute: the protocol of a backend is a property of its Service, and a GRPCRoute takes the paths of gRPC alone, /package.Service/Method, on the whole host.',
    do: 'Set appProtocol on the port of the Service; ingress-nginx does not mind.',
    source: 'https://gateway-api.sigs.k8s.io/geps/gep-1911/',
  },
  'tls-passthrough/alias': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'TLS for alias {alias} of {host} finds no listener of its own.',
    why: 'ingress-nginx hands on TLS for the host of the rule alone and opens that of aliases, with a certificate that the input does not name.',
    do: 'Name {alias} in a rule of its own, with a tls section or with ssl-passthrough, and convert again.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go',
  },
  'tls-passthrough/assumed-over-protection': {
    fidelity: 'lost',
    risk: 'security',
    what: '{host} is protected, and whether its TLS really passes through ingress-nginx is not known: all rules of the host are closed.',
    why: '{key} works only with --enable-ssl-passthrough. Without that flag ingress-nginx opens the TLS and applies the protection; a TLSRoute would go around it.',
    do: "Give the flags of the controller: --controller-args='--enable-ssl-passthrough' if it runs with it, or --controller-args='' with the annotation removed if it does not.",
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/tls/#ssl-passthrough',
  },
  'tls-passthrough/lost': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key} is lost: {host} is not served over TLS.',
    why: '{reason}',
    do: 'Choose a newer --gateway-api-version if that is the reason; opening the TLS at the gateway instead would be another thing.',
    source: 'https://gateway-api.sigs.k8s.io/guides/tls/',
  },
});

function serviceOf({ rule }: LoweringContext): { readonly service: string; readonly port: string } {
  const { backend } = rule.location;
  if (backend.kind === 'none') return { service: 'no Service', port: '' };
  return { service: `${backend.namespace}/${backend.name}`, port: String(backend.port) };
}

function saysH2c({ rule, inventory }: LoweringContext): boolean {
  const { backend } = rule.location;
  if (backend.kind === 'none') return true;
  if (backend.appProtocol !== '') return backend.appProtocol === 'kubernetes.io/h2c';
  const service = inventory.services.get(objectKey(backend.namespace, backend.name));
  return service?.ports.some(({ port, appProtocol }) => port === backend.port && appProtocol === 'kubernetes.io/h2c') ?? false;
}

export const lowerBackendProtocol: Lower<'backend-protocol'> = (intent, draft, context) => {
  const subject = subjectOf(intent, context);
  const { protocol } = intent;
  const { service, port } = serviceOf(context);
  const key = keyOf(intent);
  if (protocol === 'FCGI') return { kind: 'closed', findings: [raise(backendCodes, 'backend-protocol/fastcgi', subject, { key, protocol, service })] };
  // Verified TLS is what the annotations of backend-tls ask for: a policy of the Service says it, or they have closed the rule.
  const verified = backendTlsOf(context)?.verify === true;
  if (protocol === 'HTTPS' && verified) return { kind: 'exact' };
  if (protocol !== 'GRPC' && !(protocol === 'GRPCS' && verified)) {
    return { kind: 'closed', findings: [raise(backendCodes, 'backend-protocol/unverified-tls', subject, { key, protocol, service })] };
  }
  if (fitsGrpcRoute(draft, context)) {
    draft.routeKind = 'GRPCRoute';
    return { kind: 'exact' };
  }
  if (protocol === 'GRPCS') return { kind: 'closed', findings: [raise(backendCodes, 'backend-protocol/grpc-over-tls', subject, { key, protocol, service })] };
  if (saysH2c(context)) return { kind: 'exact' };
  return { kind: 'approximate', findings: [raise(backendCodes, 'backend-protocol/grpc-app-protocol', subject, { key, service, port })] };
};

export const lowerTlsPassthrough: LowerHost<'tls-passthrough'> = (intent, draft, { host, profile }) => {
  const subject = subjectOf(intent, {});
  const about = { key: keyOf(intent), host: host.server.host };
  const backend = host.rules.find(({ location }) => location.path === '/' && location.backend.kind === 'service')?.location.backend;
  const reason = !profile.supports('tls-route')
    ? `TLSRoute ${profile.missing('tls-route')}.`
    : host.hostnames.length === 0
      ? 'A TLSRoute needs a hostname, and a rule without a host has none.'
      : 'ingress-nginx hands TLS to the Service of the path /, and the host has none.';
  if (backend?.kind !== 'service' || host.hostnames.length === 0 || !profile.supports('tls-route')) {
    draft.passthrough = { backend: undefined };
    return { kind: 'lost', findings: [raise(backendCodes, 'tls-passthrough/lost', subject, { ...about, reason })] };
  }
  if (intent.assumed && host.rules.some(({ location, intents }) => location.denied !== undefined || intents.some(isProtection))) {
    draft.passthrough = { backend: undefined };
    return { kind: 'closed', findings: [raise(backendCodes, 'tls-passthrough/assumed-over-protection', subject, about)] };
  }
  draft.passthrough = { backend };
  const [first, ...others] = host.hostnames.slice(1).map((alias) => raise(backendCodes, 'tls-passthrough/alias', subject, { alias, host: host.server.host }));
  return first === undefined ? { kind: 'exact' } : { kind: 'approximate', findings: [first, ...others] };
};
