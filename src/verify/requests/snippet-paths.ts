import type { Server } from '../../nginx/configuration.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { samplePattern } from './pattern-samples.ts';

/** `location`, its modifier, and the path or expression. */
const location = /\blocation\s+(=|\^~|~\*?)?\s*(?:"([^"]+)"|'([^']+)'|([^\s{"']+))/g;

function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(location)].flatMap(([, modifier = '', double, single, bare]) => {
    const name = double ?? single ?? bare ?? '';
    return modifier.startsWith('~') ? samplePattern(name) : [name];
  });
}

/** Paths that the server-snippets of a host, and the one of the ConfigMap, have locations for: no rule of an Ingress names them. */
export function snippetPaths({ ingresses }: Server, { raw }: ControllerSettings): readonly string[] {
  const texts = ingresses.flatMap(({ annotations }) => [...annotations].flatMap(([key, value]) => (key.endsWith('/server-snippet') ? [value] : [])));
  return [...new Set([...texts, raw.get('server-snippet') ?? ''].flatMap(pathsIn))].filter((path) => path.startsWith('/'));
}
