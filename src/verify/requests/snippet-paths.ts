import type { Server } from '../../nginx/configuration.ts';
import { samplePattern } from './pattern-samples.ts';

/** `location`, its modifier, and the path or expression. */
const location = /\blocation\s+(=|\^~|~\*?)?\s*(?:"([^"]+)"|'([^']+)'|([^\s{"']+))/g;

function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(location)].flatMap(([, modifier = '', double, single, bare]) => {
    const name = double ?? single ?? bare ?? '';
    return modifier.startsWith('~') ? samplePattern(name) : [name];
  });
}

/** Paths that the server-snippets of a host have locations for: no rule of an Ingress names them. */
export function snippetPaths({ ingresses }: Server): readonly string[] {
  const texts = ingresses.flatMap(({ annotations }) => [...annotations].flatMap(([key, value]) => (key.endsWith('/server-snippet') ? [value] : [])));
  return [...new Set(texts.flatMap(pathsIn))].filter((path) => path.startsWith('/'));
}
