import type { Location, Server } from '../../../nginx/configuration.ts';
import type { ControllerSettings } from '../../../nginx/settings.ts';
import type { Guard, ProbeRequest } from '../../outcome.ts';
import { variablesOf, type Variables } from '../expand.ts';
import { readerOf } from '../read.ts';
import type { RequestTarget } from '../request-target.ts';
import { accessGuards, accessOf } from './access.ts';
import { headersAfter } from './headers.ts';
import { linesFor, type ServerLines } from './locations.ts';
import { runLines, type SnippetRun } from './run.ts';
import { linesOf, type Line } from './text.ts';

const nothing: SnippetRun = { answer: undefined, changes: [], unknown: false };

/** Read once; texts come back for every request. */
const read = new Map<string, readonly Line[] | 'broken'>();

function lines(text: string): readonly Line[] | undefined {
  let known = read.get(text);
  if (known === undefined) {
    if (read.size > 500) read.clear();
    read.set(text, (known = linesOf(text) ?? 'broken'));
  }
  return known === 'broken' ? undefined : known;
}

interface ServerText {
  readonly text: string;
  readonly owner: string;
}

/** The oldest Ingress of a host that has a server-snippet gives it to all of them; canaries are not among them. */
function serverText({ ingresses }: Server, settings: ControllerSettings): ServerText | undefined {
  for (const ingress of ingresses) {
    const text = readerOf(ingress, settings).raw('server-snippet') ?? '';
    if (text.trim() !== '') return { text, owner: `${ingress.ref.namespace}/${ingress.ref.name}` };
  }
  return undefined;
}

/** Variables of the server block are those of the request alone. */
function serverVariables(request: ProbeRequest, server: Server): Variables {
  const [location] = server.locations;
  return location === undefined ? () => undefined : variablesOf(request, location, server);
}

/** What the server-snippet of the host does: before any location is looked for, or by an exact location of its own. */
export function runServerSnippet(request: ProbeRequest, target: RequestTarget, server: Server, settings: ControllerSettings, part: keyof ServerLines = 'block', grpc = false): SnippetRun {
  const found = settings.allowSnippets === false ? undefined : serverText(server, settings);
  if (found === undefined) return nothing;
  // Every location of the controller sets request headers, which makes those of the server block void.
  const acting = lines(found.text)?.filter(({ name }) => !/^(?:proxy|grpc)_set_header$/.test(name));
  return runLines(acting === undefined ? undefined : linesFor(target.path, acting, server)[part], { request, target, variables: serverVariables(request, server), grpc });
}

const speaksGrpc = ({ ingress }: Location, settings: ControllerSettings): boolean => ingress !== undefined && /^grpcs?$/i.test(readerOf(ingress, settings).text('backend-protocol'));

/** What the configuration-snippet of the location does. */
export function runLocationSnippet(request: ProbeRequest, target: RequestTarget, server: Server, location: Location, settings: ControllerSettings): SnippetRun {
  const text = settings.allowSnippets === false || location.ingress === undefined ? '' : (readerOf(location.ingress, settings).raw('configuration-snippet') ?? '');
  if (text.trim() === '') return nothing;
  const read = lines(text);
  // A location within a location takes its place; within any but the whole of a host it cannot be judged here.
  const whole = server.locations.length === 1 && location.match.kind === 'prefix';
  const parts = read === undefined || !whole ? undefined : linesFor(target.path, read, { ...server, locations: [] });
  const acting = parts === undefined ? read : parts.location.length > 0 ? parts.location : parts.block;
  return runLines(acting, { request, target, variables: variablesOf(request, location, server), grpc: speaksGrpc(location, settings) });
}

/** Both snippets of a location as one request meets them: headers, and conditions nobody can judge. */
export interface SnippetEffects {
  readonly requestHeaders: ReadonlyMap<string, string>;
  readonly responseHeaders: ReadonlyMap<string, string>;
  readonly guards: readonly Guard[];
}

/** Addresses that may pass: those of the location's own text, or those of the server block where the location has none of any kind. */
export function addressGuards(server: Server, location: Location, settings: ControllerSettings): readonly Guard[] {
  if (location.ingress === undefined) return [];
  const reader = readerOf(location.ingress, settings);
  const common = (key: ControllerKey): readonly Line[] => accessOf(lines(settings.raw.get(key) ?? ''));
  const own = [...(settings.allowSnippets === false ? [] : accessOf(lines(reader.raw('configuration-snippet') ?? ''))), ...common('location-snippet')];
  const lists = (['allowlist-source-range', 'whitelist-source-range', 'denylist-source-range'] as const).some((key) => (reader.raw(key) ?? '') !== '');
  const shared = settings.allowListSourceRange.length + settings.denyListSourceRange.length > 0;
  const ofHost = settings.allowSnippets === false ? '' : (serverText(server, settings)?.text ?? '');
  const outer = lists || shared ? [] : [...accessOf(lines(ofHost)), ...common('server-snippet')];
  const acting = own.length > 0 ? own : outer;
  if (acting.length === 0) return [];
  if (lists || shared || settings.blockCidrs.length > 0) return [{ kind: 'unknown', detail: 'addresses of a snippet beside other lists' }];
  return accessGuards(acting);
}

const controllerKeys = ['http-snippet', 'server-snippet', 'location-snippet'] as const;
type ControllerKey = (typeof controllerKeys)[number];

/**
 * A text of the ConfigMap, which stands behind that of Ingresses in the same block. The one of the http block changes headers alone, whatever else
 * it defines.
 */
export function runControllerSnippet(key: ControllerKey, request: ProbeRequest, target: RequestTarget, server: Server, location: Location | undefined, settings: ControllerSettings, part: keyof ServerLines = 'block'): SnippetRun {
  const text = settings.raw.get(key) ?? '';
  if (text.trim() === '') return nothing;
  const read = lines(text);
  const grpc = location !== undefined && speaksGrpc(location, settings);
  if (key === 'location-snippet' && location !== undefined) return runLines(read, { request, target, variables: variablesOf(request, location, server), grpc });
  const acting = read?.filter(({ name }) => !/^(?:proxy|grpc)_set_header$/.test(name));
  return runLines(acting === undefined ? undefined : linesFor(target.path, acting, server)[part], { request, target, variables: serverVariables(request, server), grpc });
}

export function snippetEffects(request: ProbeRequest, target: RequestTarget, server: Server, location: Location, settings: ControllerSettings): SnippetEffects {
  const [outer, own] = [runServerSnippet(request, target, server, settings, 'block', speaksGrpc(location, settings)), runLocationSnippet(request, target, server, location, settings)];
  const { ingress } = location;
  const guards: Guard[] = [];
  const name = ingress === undefined ? '' : `${ingress.ref.namespace}/${ingress.ref.name}`;
  if (own.unknown) guards.push({ kind: 'unknown', detail: `configuration-snippet of ${name}` });
  if (outer.unknown || runServerSnippet(request, target, server, settings, 'location').unknown) guards.push({ kind: 'unknown', detail: `server-snippet of ${serverText(server, settings)?.owner ?? ''}` });
  const runs = new Map(controllerKeys.map((key) => [key, runControllerSnippet(key, request, target, server, location, settings)]));
  const of = (key: ControllerKey): SnippetRun['changes'] => runs.get(key)?.changes ?? [];
  for (const [key, { unknown }] of runs) {
    const located = key === 'server-snippet' && runControllerSnippet(key, request, target, server, location, settings, 'location').unknown;
    if (unknown || located) guards.push({ kind: 'unknown', detail: `${key} of the controller` });
  }
  const around = [...of('http-snippet'), ...outer.changes, ...of('server-snippet')];
  const within = [...own.changes, ...of('location-snippet')];
  return {
    requestHeaders: headersAfter(around, within, 'request'),
    responseHeaders: headersAfter(around, within, 'response'),
    guards,
  };
}
