import { objectKey } from '../../model/object.ts';
import type { JsonObject } from '../../model/gateway.ts';
import { flagIn, objectIn, objectsIn, textIn, textsIn } from '../../model/json.ts';
import type { Upstream } from '../outcome.ts';
import { targetKey, type ObjectIndex, type Placed } from './objects.ts';

type Protocol = Upstream['protocol'];

const plain = (protocol: Protocol): Upstream | undefined => (protocol === 'http/1' ? undefined : { protocol, tls: 'none' });

/** CA and name of a policy. The CA stands beside the policy. */
function verified({ spec, namespace }: Placed): Upstream['tls'] {
  const validation = objectIn(spec, 'validation');
  const [ca] = objectsIn(validation, 'caCertificateRefs');
  return { name: textIn(validation, 'hostname') ?? '', ca: ca === undefined ? 'the CAs of the system' : `${namespace}/${textIn(ca, 'name') ?? ''}` };
}

/**
 * How a gateway speaks to a port of a Service: what the port says, HTTP/2 for gRPC routes, and TLS where a BackendTLSPolicy is about it. undefined:
 * HTTP/1.1 without TLS.
 * Source: https://gateway-api.sigs.k8s.io/geps/gep-1911/ and https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/
 */
export function serviceUpstream({ namespace, name, port }: { readonly namespace: string; readonly name: string; readonly port: number }, route: Placed, { services, backendTls }: ObjectIndex): Upstream | undefined {
  // TLS that is handed on is not the gateway's to speak.
  if (route.kind === 'TLSRoute') return undefined;
  const known = services?.get(objectKey(namespace, name))?.ports.find((one) => one.port === port);
  const protocol: Protocol = route.kind === 'GRPCRoute' || known?.appProtocol === 'kubernetes.io/h2c' ? 'http/2' : 'http/1';
  const of = (section: string): Placed | undefined => backendTls.get(targetKey('Service', namespace, name, section));
  const policy = (known === undefined || known.name === '' ? undefined : of(known.name)) ?? of('');
  return policy === undefined ? plain(protocol) : { protocol, tls: verified(policy) };
}

/** What a Backend of Envoy Gateway says of itself. Source: https://gateway.envoyproxy.io/docs/api/extension_types/#backendtlssettings */
function backendTlsOf(tls: JsonObject, namespace: string): Upstream['tls'] {
  if (flagIn(tls, 'insecureSkipVerify')) return 'unverified';
  const [ca] = objectsIn(tls, 'caCertificateRefs');
  return { name: textIn(tls, 'sni') ?? '', ca: ca === undefined ? 'the CAs of the system' : `${namespace}/${textIn(ca, 'name') ?? ''}` };
}

export function backendUpstream({ spec, namespace }: Placed, route: Placed): Upstream | undefined {
  const protocol: Protocol = route.kind === 'GRPCRoute' || textsIn(spec, 'appProtocols').some((name) => name.endsWith('/h2c')) ? 'http/2' : 'http/1';
  return spec['tls'] === undefined ? plain(protocol) : { protocol, tls: backendTlsOf(objectIn(spec, 'tls'), namespace) };
}
