import type { GatewayObject } from '../model/gateway.ts';

/** `kind.group/name`, one line per object, as `kubectl get -o name` writes them. */
export function renderNames(objects: readonly GatewayObject[]): string {
  return objects
    .map(({ apiVersion, kind, metadata }) => {
      const slash = apiVersion.indexOf('/');
      const group = slash < 0 ? '' : `.${apiVersion.slice(0, slash)}`;
      return `${kind.toLowerCase()}${group}/${metadata.name}\n`;
    })
    .join('');
}
