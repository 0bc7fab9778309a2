import type { Location, Server } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { Intent, SnippetIntent } from '../plan/intents.ts';
import type { LocationReading } from './define.ts';
import type { Step } from './snippets/define.ts';
import { intentsOf } from './snippets/effects.ts';
import { ownSnippet } from './snippets/lists.ts';
import { noteFinding, readAtLocation } from './snippets/place.ts';
import { isProtective } from './snippets/protection.ts';
import { readSnippet } from './snippets/read.ts';
import { serverSnippetOf } from './snippets/server.ts';
import { surroundingsOf } from './snippets/surroundings.ts';
import { textOfSetting, type SnippetText } from './snippets/text.ts';

/** Directives of http-snippet that can refuse a request; the others there define what other blocks use. */
const refusing = /\b(?:deny|allow|auth_basic|auth_request|auth_jwt|limit_req|limit_conn|satisfy|valid_referers|ssl_verify_client|modsecurity|(?:access|rewrite|ssl_certificate)_by_lua\w*|return\s+4\d\d)\b/;

const isAboutHeaders = ({ kind }: Step): boolean => kind === 'response-header' || kind === 'request-header' || kind === 'content-type';

/** Blocks that stand inside of another may add headers of their own, and then inherit none: https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header */
function inherited(steps: readonly Step[], inside: string): readonly Step[] {
  return steps.filter((step) => step.kind !== 'response-header' || (step.filter === 'add' ? !/\badd_header\b/.test(inside) : step.filter !== 'proxy' || !/\bproxy_hide_header\b/.test(inside)));
}

/** Nothing of the http block answers by itself; what it defines for other blocks is named and closes nothing. */
function readHttp(text: SnippetText, location: Location, server: Server, settings: ControllerSettings): LocationReading {
  const surroundings = surroundingsOf('server', location, server, settings);
  const { steps, notes, unread } = readSnippet(text.raw, 'server', surroundings);
  const protective = refusing.test(text.raw);
  const lost = (line: number, directive: string): SnippetIntent => text.own({ kind: 'snippet', from: [], context: 'server', directive, line, protective });
  if (!steps.every(isAboutHeaders)) return { intents: [lost(1, 'the whole text')] };
  const inside = [ownSnippet(location, settings), settings.raw.get('location-snippet') ?? '', settings.raw.get('server-snippet') ?? '', serverSnippetOf(server, settings)?.raw ?? ''].join('\n');
  const known = intentsOf(inherited(steps, inside), [], surroundings).map((intent: Intent) => text.own(intent));
  return { intents: [...known, ...unread.map(({ line, directive }) => lost(line, directive))], findings: notes.map((note) => noteFinding(text, note)) };
}

/** Whether a snippet of an Ingress does more at a location than change headers. */
function actsBeside(location: Location, server: Server, settings: ControllerSettings): boolean {
  const does = (raw: string, context: 'location' | 'server'): boolean => {
    if (raw.trim() === '') return false;
    const { steps, unread } = readSnippet(raw, context, surroundingsOf(context, location, server, settings));
    return unread.length > 0 || !steps.every(isAboutHeaders);
  };
  return does(ownSnippet(location, settings), 'location') || does(serverSnippetOf(server, settings)?.raw ?? '', 'server');
}

type Context = 'server' | 'location';
type Texts = Readonly<Record<Context, SnippetText | undefined>>;

/**
 * The texts of the server block and of every location stand behind those of Ingresses, and are read as these are. Where an Ingress has a text
 * that answers, or that is not read, the order of both is not carried over: then a text of the ConfigMap that answers is lost as a whole.
 */
function readInside(texts: Texts, location: Location, server: Server, settings: ControllerSettings): LocationReading {
  const answers = (context: Context): boolean => {
    const text = texts[context];
    return text !== undefined && !readSnippet(text.raw, context, surroundingsOf(context, location, server, settings)).steps.every(isAboutHeaders);
  };
  const answering = (['server', 'location'] as const).filter(answers);
  const lost = answering.length > 0 && actsBeside(location, server, settings) ? answering : [];
  const kept = (context: Context): SnippetText | undefined => (lost.includes(context) ? undefined : texts[context]);
  const reading = readAtLocation(location, server, settings, { server: kept('server'), own: kept('location'), beside: ownSnippet(location, settings) });
  const whole = lost.flatMap((context) => {
    const text = texts[context];
    return text === undefined ? [] : [text.own<SnippetIntent>({ kind: 'snippet', from: [], context, directive: 'the whole text', line: 1, protective: isProtective(text.raw, context) })];
  });
  return { ...reading, intents: [...reading.intents, ...whole] };
}

/** http-snippet, server-snippet and location-snippet of the ConfigMap at one location, read directive by directive as those of Ingresses are. */
export function controllerSnippets(settings: ControllerSettings): (location: Location, server: Server) => LocationReading {
  const http = textOfSetting(settings, 'http-snippet');
  const texts: Texts = { server: textOfSetting(settings, 'server-snippet'), location: textOfSetting(settings, 'location-snippet') };
  return (location, server) => {
    const outer: LocationReading = http === undefined ? { intents: [] } : readHttp(http, location, server, settings);
    const inner = readInside(texts, location, server, settings);
    return { intents: [...outer.intents, ...inner.intents], findings: [...(outer.findings ?? []), ...(inner.findings ?? [])] };
  };
}
