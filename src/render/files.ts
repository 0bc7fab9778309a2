import { sha256 } from '../model/digest.ts';
import type { GatewayObject } from '../model/gateway.ts';

/** What file systems take for one name, less room for the extension. */
const longestName = 240;

function shorten(text: string): string {
  if (text.length <= longestName) return text;
  const hash = sha256(text).slice(0, 16);
  return `${text.slice(0, longestName - hash.length - 1)}-${hash}`;
}

/** An underscore cannot occur in kinds, namespaces and names, so the parts stay apart. */
function baseName({ kind, metadata: { namespace, name } }: GatewayObject): string {
  return [namespace, kind.toLowerCase(), name].filter((part) => part !== undefined).join('_');
}

/**
 * A file name for each object, such as `shop_httproute_shop-example-com.yaml`. It depends on the object alone, except that objects of two
 * API groups with the same kind and name carry their group as well.
 */
export function fileNames(objects: readonly GatewayObject[], extension: 'yaml' | 'json'): readonly (readonly [string, GatewayObject])[] {
  const count = new Map<string, number>();
  for (const object of objects) {
    const name = baseName(object);
    count.set(name, (count.get(name) ?? 0) + 1);
  }
  return objects.map((object) => {
    const name = baseName(object);
    const group = object.apiVersion.split('/')[0] ?? '';
    return [`${shorten(count.get(name) === 1 ? name : `${name}_${group}`)}.${extension}`, object] as const;
  });
}
