import type { JsonObject } from '../../model/gateway.ts';
import type { Upstream, WeightedBackend } from '../outcome.ts';
import { numberIn, objectIn, objectsIn, textIn } from '../../model/json.ts';
import { isGranted, type ObjectIndex, type Placed } from './objects.ts';
import { backendUpstream, serviceUpstream } from './upstream.ts';

interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly upstream?: Upstream | undefined;
}

/** A reference nothing answers for: its share fails. */
const unusable: Service = { namespace: '', name: '', port: 0 };

const clusterName = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.|$)/u;

/** The Service behind a Backend of Envoy Gateway, or the host itself. */
function behind(backend: Placed, route: Placed): Service {
  const { spec } = backend;
  const fqdn = objectIn(objectsIn(spec, 'endpoints')[0] ?? {}, 'fqdn');
  const hostname = textIn(fqdn, 'hostname') ?? '';
  const [, name, namespace] = clusterName.exec(hostname) ?? [];
  return { namespace: namespace ?? '', name: name ?? hostname, port: numberIn(fqdn, 'port') ?? 0, upstream: backendUpstream(backend, route) };
}

function resolve(ref: JsonObject, route: Placed, index: ObjectIndex): Service {
  const kind = textIn(ref, 'kind') ?? 'Service';
  const namespace = textIn(ref, 'namespace') ?? route.namespace;
  const name = textIn(ref, 'name') ?? '';
  if (!isGranted(index, route, { kind, namespace, name })) return unusable;
  if (kind === 'Service') {
    const service = { namespace, name, port: numberIn(ref, 'port') ?? 0 };
    return { ...service, upstream: serviceUpstream(service, route, index) };
  }
  const backend = index.extensions.get(`${kind} ${namespace}/${name}`);
  return backend?.kind === 'Backend' ? behind(backend, route) : unusable;
}

/** Shares of the backends, or why no request can reach one: there is none that could be used, or all have weight 0. */
export function backendsOf(rule: JsonObject, route: Placed, index: ObjectIndex): readonly WeightedBackend[] | 'none' | 'weightless' {
  const refs = objectsIn(rule, 'backendRefs').map((ref) => ({ service: resolve(ref, route, index), weight: numberIn(ref, 'weight') ?? 1 }));
  const total = refs.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return refs.length === 0 ? 'none' : 'weightless';
  if (refs.every(({ service, weight }) => weight === 0 || service === unusable)) return 'none';
  return refs.filter(({ weight }) => weight > 0).map(({ service, weight }) => ({ ...service, share: weight / total }));
}
