import type { GatewayObject, JsonObject } from '../../src/model/gateway.ts';
import { objectsIn, textIn } from '../../src/model/json.ts';

const nameOf = (kind: string, namespace: string | undefined, name: string): string => `${kind} ${namespace ?? ''}/${name}`;
const ownName = ({ kind, metadata }: GatewayObject): string => nameOf(kind, metadata.namespace, metadata.name);

/** Names of what the references under a key of the spec lead to. */
const referred = ({ metadata, spec }: GatewayObject, key: string): readonly { readonly reference: JsonObject; readonly name: string }[] =>
  objectsIn(spec, key).map((reference) => ({ reference, name: nameOf(textIn(reference, 'kind') ?? 'Gateway', textIn(reference, 'namespace') ?? metadata.namespace, textIn(reference, 'name') ?? '') }));

/** The object with the references that lead to something present; undefined when it had some and none is left. */
function narrowed(object: GatewayObject, key: string, present: ReadonlySet<string>): GatewayObject | undefined {
  const all = referred(object, key);
  const left = all.filter(({ name }) => present.has(name));
  if (all.length === left.length) return object;
  return left.length === 0 ? undefined : { ...object, spec: { ...object.spec, [key]: left.map(({ reference }) => reference) } };
}

const attached = (objects: readonly GatewayObject[], key: string, present: ReadonlySet<string>): readonly GatewayObject[] =>
  objects.map((object) => narrowed(object, key, present)).filter((object) => object !== undefined);

/** The objects for each Gateway among them by itself: all have the usual ports, and there is one address. Nothing without a Gateway. */
export function byGateway(objects: readonly GatewayObject[]): readonly (readonly GatewayObject[])[] {
  const gateways = objects.filter(({ kind }) => kind === 'Gateway');
  if (gateways.length === 1) return [objects];
  return gateways.map((gateway) => {
    const others = objects.filter((object) => object.kind !== 'Gateway' || object === gateway);
    const routes = attached(others, 'parentRefs', new Set([ownName(gateway)]));
    return attached(routes, 'targetRefs', new Set(routes.map(ownName)));
  });
}
