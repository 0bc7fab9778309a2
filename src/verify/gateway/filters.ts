import type { Json, JsonObject } from '../../model/gateway.ts';
import { numberIn, objectIn, objectsIn, textIn, textsIn } from '../../model/json.ts';
import type { ProbeOutcome } from '../outcome.ts';
import { hasPrefix, type RoutedRequest } from './match.ts';
import type { ObjectIndex, Placed } from './objects.ts';
import type { VerifyProfile } from './profile.ts';
import { regexReplace } from './regex.ts';
import type { TableEntry } from './table.ts';

/** What the filters of a rule make of a request that reaches a backend. */
export interface Filtered {
  readonly path: string;
  readonly host: string;
  readonly requestHeaders: Map<string, string>;
  readonly responseHeaders: Map<string, string>;
  /** A filter the implementation cannot carry out: the rule answers 500. */
  readonly broken: boolean;
}

const knownFilters = new Set(['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite', 'RequestMirror', 'CORS', 'ExtensionRef', 'ExternalAuth']);

/** Whether a rule has a filter that the implementation cannot carry out. */
export function hasUnknownFilter(rule: JsonObject, { unknownFilters }: VerifyProfile): boolean {
  return objectsIn(rule, 'filters').some((filter) => {
    const type = textIn(filter, 'type') ?? '';
    return !knownFilters.has(type) || unknownFilters.has(type);
  });
}

export function filterOf(rule: JsonObject, type: string): JsonObject | undefined {
  return objectsIn(rule, 'filters').find((filter) => textIn(filter, 'type') === type);
}

function listed(modifier: JsonObject, key: string): readonly (readonly [string, string])[] {
  return objectsIn(modifier, key).map((header) => [(textIn(header, 'name') ?? '').toLowerCase(), textIn(header, 'value') ?? '']);
}

/** Removed headers are kept as '' so that a difference is seen. */
function modify(headers: Map<string, string>, modifier: JsonObject, { percentEscapes }: VerifyProfile): void {
  const plain = (value: string): string => (percentEscapes ? value.replaceAll('%%', '%') : value);
  for (const [name, value] of [...listed(modifier, 'set'), ...listed(modifier, 'add')]) headers.set(name, plain(value));
  for (const name of textsIn(modifier, 'remove')) headers.set(name.toLowerCase(), '');
}

/** Envoy keeps a final slash of the text in redirects alone, and has an expression of its own where nothing or `/` comes in the place of the prefix. */
function withPrefixText(path: string, prefix: string, replacement: string, of: 'rewrite' | 'redirect'): string {
  if (replacement === '' || replacement === '/') return path.startsWith(prefix) ? `/${path.slice(prefix.length).replace(/^\/+/u, '')}` : path;
  const matched = prefix === '/' ? prefix : prefix.replace(/\/$/u, '');
  return `${of === 'rewrite' ? replacement.replace(/\/$/u, '') : replacement}${path.slice(matched.length)}`;
}

/** Source: HTTPPathModifier, and its table of examples for ReplacePrefixMatch */
export function modifiedPath(modifier: JsonObject, path: string, { match }: Pick<TableEntry, 'match'>, { replacesPrefixText }: Pick<VerifyProfile, 'replacesPrefixText'>, of: 'rewrite' | 'redirect'): string {
  const whole = textIn(modifier, 'replaceFullPath');
  if (textIn(modifier, 'type') === 'ReplaceFullPath') return whole ?? '/';
  const replacement = textIn(modifier, 'replacePrefixMatch') ?? '';
  if (match.kind === 'RegularExpression' || !hasPrefix(path, match.value)) return path;
  if (replacesPrefixText) return withPrefixText(path, match.value, replacement, of);
  const prefix = match.value.endsWith('/') ? match.value.slice(0, -1) : match.value;
  const rest = path.slice(prefix.length);
  const head = replacement.endsWith('/') ? replacement.slice(0, -1) : replacement;
  const joined = `${head}${rest}`;
  if (rest === '') return replacement === '' ? '/' : replacement;
  return joined.startsWith('/') ? joined : `/${joined}`;
}

/** The HTTPRouteFilter of Envoy Gateway that a filter names; undefined when the reference leads nowhere or to something else. */
function extensionOf(filter: JsonObject, namespace: string, { extensions }: ObjectIndex): Placed | undefined {
  const reference = objectIn(filter, 'extensionRef');
  const object = extensions.get(`${textIn(reference, 'kind') ?? ''} ${namespace}/${textIn(reference, 'name') ?? ''}`);
  return object?.kind === 'HTTPRouteFilter' ? object : undefined;
}

/** What a rule answers by itself, before any backend is chosen. Source: https://gateway.envoyproxy.io/docs/tasks/traffic/direct-response/ */
export function directResponseOf(rule: JsonObject, namespace: string, index: ObjectIndex): ProbeOutcome | undefined {
  for (const filter of objectsIn(rule, 'filters')) {
    const object = textIn(filter, 'type') === 'ExtensionRef' ? extensionOf(filter, namespace, index) : undefined;
    if (object?.spec['directResponse'] === undefined) continue;
    const response = objectIn(object.spec, 'directResponse');
    const status = numberIn(response, 'statusCode') ?? 200;
    const location = objectsIn(objectIn(response, 'header'), 'set').find((header) => textIn(header, 'name')?.toLowerCase() === 'location');
    if (location !== undefined && status >= 300 && status < 400) return { kind: 'redirected', status, location: (textIn(location, 'value') ?? '').replaceAll('%%', '%') };
    return { kind: 'answered', status, responseHeaders: new Map() };
  }
  return undefined;
}

/** The path after a rewrite of an HTTPRouteFilter. */
function extensionPath(filter: JsonObject, namespace: string, path: string, index: ObjectIndex): string | undefined {
  const object = extensionOf(filter, namespace, index);
  if (object === undefined) return undefined;
  const replace = objectIn(objectIn(objectIn(object.spec, 'urlRewrite'), 'path'), 'replaceRegexMatch');
  const pattern = textIn(replace, 'pattern');
  if (pattern === undefined) return undefined;
  return regexReplace(pattern, textIn(replace, 'substitution') ?? '')?.(path);
}

/** Runs the filters of a rule that does not redirect. */
export function applyFilters(entry: TableEntry, { request, path }: RoutedRequest, index: ObjectIndex, profile: VerifyProfile): Filtered {
  const { rule, route } = entry.view;
  const out = { path, host: request.host, requestHeaders: new Map<string, string>(), responseHeaders: new Map<string, string>(), broken: false };
  for (const filter of objectsIn(rule, 'filters')) {
    const type = textIn(filter, 'type') ?? '';
    if (type === 'RequestHeaderModifier') modify(out.requestHeaders, objectIn(filter, 'requestHeaderModifier'), profile);
    if (type === 'ResponseHeaderModifier') modify(out.responseHeaders, objectIn(filter, 'responseHeaderModifier'), profile);
    if (type === 'URLRewrite') {
      const rewrite = objectIn(filter, 'urlRewrite');
      const modifier: Json | undefined = rewrite['path'];
      if (modifier !== undefined) out.path = modifiedPath(objectIn(rewrite, 'path'), path, entry, profile, 'rewrite');
      out.host = textIn(rewrite, 'hostname') ?? out.host;
    }
    if (type === 'ExtensionRef') {
      const rewritten = extensionPath(filter, route.namespace, path, index);
      if (rewritten === undefined) out.broken = true;
      else out.path = rewritten;
    }
  }
  if (profile.asksForGzip && out.requestHeaders.get('accept-encoding') === '') out.requestHeaders.set('accept-encoding', 'gzip');
  return out;
}
