import type { JsonObject } from '../../model/gateway.ts';
import { objectIn, objectsIn, textIn, textsIn } from '../../model/json.ts';
import type { ObjectIndex, Placed } from './objects.ts';

export type Protocol = 'HTTP' | 'HTTPS' | 'TLS';

export interface ListenerView {
  /** Gateway or ListenerSet that holds it. */
  readonly parent: Pick<Placed, 'kind' | 'namespace' | 'name'>;
  /** Gateway whose policies reach it. */
  readonly gateway: Pick<Placed, 'namespace' | 'name' | 'spec'>;
  readonly name: string;
  readonly protocol: Protocol;
  /** '' for every host. */
  readonly hostname: string;
  readonly port: number;
  /** Whether routes of a namespace may attach. */
  readonly admits: (namespace: string) => boolean;
}

const namespaceLabel = 'kubernetes.io/metadata.name';

/** Only the label that every namespace has is known; other conditions count as met. */
function admitted(listener: JsonObject, own: string): (namespace: string) => boolean {
  const namespaces = objectIn(objectIn(listener, 'allowedRoutes'), 'namespaces');
  const from = textIn(namespaces, 'from') ?? 'Same';
  if (from === 'All') return () => true;
  if (from === 'Same') return (namespace) => namespace === own;
  if (from !== 'Selector') return () => false;
  const selector = objectIn(namespaces, 'selector');
  const label = textIn(objectIn(selector, 'matchLabels'), namespaceLabel);
  const expressions = objectsIn(selector, 'matchExpressions').filter((expression) => textIn(expression, 'key') === namespaceLabel);
  return (namespace) =>
    (label === undefined || label === namespace) &&
    expressions.every((expression) => {
      const listed = textsIn(expression, 'values').includes(namespace);
      return textIn(expression, 'operator') === 'NotIn' ? !listed : listed;
    });
}

const protocols: readonly Protocol[] = ['HTTP', 'HTTPS', 'TLS'];

function viewsOf(parent: Placed, gateway: Placed): readonly ListenerView[] {
  return objectsIn(parent.spec, 'listeners').flatMap((listener) => {
    const protocol = protocols.find((known) => known === textIn(listener, 'protocol'));
    if (protocol === undefined) return [];
    return [
      {
        parent,
        gateway,
        name: textIn(listener, 'name') ?? '',
        protocol,
        hostname: (textIn(listener, 'hostname') ?? '').toLowerCase(),
        port: Number(listener['port'] ?? 0),
        admits: admitted(listener, parent.namespace),
      },
    ];
  });
}

/** Listeners of the Gateways and ListenerSets among the objects. */
export function listenersIn({ gateways, listenerSets }: ObjectIndex): readonly ListenerView[] {
  const byName = new Map(gateways.map((gateway) => [`${gateway.namespace}/${gateway.name}`, gateway]));
  const ofSets = listenerSets.flatMap((set) => {
    const parent = objectIn(set.spec, 'parentRef');
    const gateway = byName.get(`${textIn(parent, 'namespace') ?? set.namespace}/${textIn(parent, 'name') ?? ''}`);
    return gateway === undefined ? [] : viewsOf(set, gateway);
  });
  return [...gateways.flatMap((gateway) => viewsOf(gateway, gateway)), ...ofSets];
}

/**
 * Listeners of a Gateway that is not among the objects: it exists already, so it is taken to have what the routes ask for,
 * `http` and `https` for every host.
 */
export function assumedListeners(parent: Pick<Placed, 'kind' | 'namespace' | 'name'>, section: string | undefined): readonly ListenerView[] {
  const secure = section !== undefined && /https|tls|443|secure/iu.test(section);
  const wanted: readonly Protocol[] = section === undefined ? ['HTTP', 'HTTPS'] : [secure ? 'HTTPS' : 'HTTP'];
  return wanted.map((protocol) => ({
    parent,
    gateway: { ...parent, spec: {} },
    name: section ?? protocol.toLowerCase(),
    protocol,
    hostname: '',
    port: protocol === 'HTTP' ? 80 : 443,
    admits: () => true,
  }));
}
