import type { Server } from '../../nginx/configuration.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { parseBoolean } from '../../nginx/values.ts';
import type { PresentAnnotation } from '../define.ts';
import { siblingsOf } from '../siblings.ts';


/** Found once per host: every location asks. The servers live as long as one conversion. */
const found = new WeakMap<Server, PresentAnnotation | 'none'>();

function find(server: Server, settings: ControllerSettings): PresentAnnotation | undefined {
  for (const ingress of server.ingresses) {
    const get = siblingsOf(ingress, settings);
    const annotation = get('server-snippet');
    if (annotation === undefined || annotation.raw.trim() === '') continue;
    if (parseBoolean(get('canary')?.raw ?? '') === true) continue;
    return annotation;
  }
  return undefined;
}

/**
 * The one server-snippet of a host: the first Ingress that has one lends it to all of them, since the text stands in the server block.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go (createServers)
 */
export function serverSnippetOf(server: Server, settings: ControllerSettings): PresentAnnotation | undefined {
  if (settings.allowSnippets === false) return undefined;
  let known = found.get(server);
  if (known === undefined) found.set(server, (known = find(server, settings) ?? 'none'));
  return known === 'none' ? undefined : known;
}
