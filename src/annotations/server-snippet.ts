import type { Server } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { parseBoolean } from '../nginx/values.ts';
import type { SnippetIntent } from '../plan/intents.ts';
import type { PresentAnnotation } from './define.ts';
import { siblingsOf } from './siblings.ts';
import { isProtective } from './snippet-protection.ts';

export interface ServerSnippet {
  readonly annotation: PresentAnnotation;
  readonly intents: readonly [SnippetIntent];
}

/** Found once per host: every location asks. The servers live as long as one conversion. */
const found = new WeakMap<Server, ServerSnippet | 'none'>();

function find(server: Server, settings: ControllerSettings): ServerSnippet | undefined {
  for (const ingress of server.ingresses) {
    const get = siblingsOf(ingress, settings);
    const annotation = get('server-snippet');
    if (annotation === undefined || annotation.raw.trim() === '') continue;
    if (parseBoolean(get('canary')?.raw ?? '') === true) continue;
    const { raw: text } = annotation;
    return { annotation, intents: [{ kind: 'snippet', from: [annotation], context: 'server', text, protective: isProtective(text, 'server') }] };
  }
  return undefined;
}

/**
 * The one server-snippet of a host: the first Ingress that has one lends it to all of them, since the text stands in the server block.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go (createServers)
 */
export function serverSnippetOf(server: Server, settings: ControllerSettings): ServerSnippet | undefined {
  if (settings.allowSnippets === false) return undefined;
  let known = found.get(server);
  if (known === undefined) found.set(server, (known = find(server, settings) ?? 'none'));
  return known === 'none' ? undefined : known;
}
