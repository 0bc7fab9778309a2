import { raise, type Finding } from '../diagnostics/finding.ts';
import type { Location, Server } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { Intent, SettingUse, SnippetIntent } from '../plan/intents.ts';
import type { LocationReading } from './define.ts';
import { settingUse } from './setting-use.ts';
import { siblingsOf } from './siblings.ts';
import { codes } from './snippets/codes.ts';
import type { Step } from './snippets/define.ts';
import { intentsOf } from './snippets/effects.ts';
import { isProtective } from './snippets/protection.ts';
import { readSnippet, type SnippetReading } from './snippets/read.ts';
import { surroundingsOf } from './snippets/surroundings.ts';

/** Directives of http-snippet that can refuse a request; the others there define what other blocks use. */
const refusing = /\b(?:deny|allow|auth_basic|auth_request|auth_jwt|limit_req|limit_conn|satisfy|valid_referers|ssl_verify_client|modsecurity|(?:access|rewrite|ssl_certificate)_by_lua\w*|return\s+4\d\d)\b/;

/** Blocks from the outside in, each with the kind of block its text is read as. */
const contexts = { 'http-snippet': 'server', 'server-snippet': 'server', 'location-snippet': 'location' } as const;
const keys = ['http-snippet', 'server-snippet', 'location-snippet'] as const;

interface ControllerSnippet {
  readonly key: (typeof keys)[number];
  readonly text: string;
  readonly setting: SettingUse;
}

const isProtectiveHere = ({ key, text }: ControllerSnippet, unread: boolean): boolean => (key === 'http-snippet' ? refusing.test(text) : unread);

/** Texts that answer requests themselves stand before or behind those of Ingresses in an order that is not carried over. */
function whole(snippet: ControllerSnippet): SnippetIntent {
  const context = contexts[snippet.key];
  return { kind: 'snippet', from: [], setting: snippet.setting, context, directive: 'the whole text', line: 1, protective: isProtectiveHere(snippet, isProtective(snippet.text, context)) };
}

const isAboutHeaders = ({ kind }: Step): boolean => kind === 'response-header' || kind === 'request-header' || kind === 'content-type';

/** A block inside that adds headers of its own inherits none: https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header */
function inherited(steps: readonly Step[], key: ControllerSnippet['key'], location: Location, settings: ControllerSettings): readonly Step[] {
  if (key === 'location-snippet') return steps;
  const own = location.ingress === undefined ? '' : (siblingsOf(location.ingress, settings)('configuration-snippet')?.raw ?? '');
  const inside = [own, settings.raw.get('location-snippet') ?? '', key === 'http-snippet' ? (settings.raw.get('server-snippet') ?? '') : ''].join('\n');
  return steps.filter((step) => step.kind !== 'response-header' || (step.filter === 'add' ? !/\badd_header\b/.test(inside) : step.filter !== 'proxy' || !/\bproxy_hide_header\b/.test(inside)));
}

function notesOf({ notes }: SnippetReading, { key, setting }: ControllerSnippet): readonly Finding[] {
  return notes.map(({ code, line, directive, reason }) => raise(codes, code, setting.about, { annotation: `${key} of the controller ConfigMap`, line: String(line), directive, reason }));
}

function readOne(snippet: ControllerSnippet, location: Location, server: Server, settings: ControllerSettings): LocationReading {
  const { key, text, setting } = snippet;
  const context = contexts[key];
  const surroundings = surroundingsOf(context, location, server, settings);
  const reading = readSnippet(text, context, surroundings);
  if (!reading.steps.every(isAboutHeaders)) return { intents: [whole(snippet)] };
  const known = intentsOf(inherited(reading.steps, key, location, settings), [], surroundings).map((intent): Intent => ({ ...intent, setting }));
  const unread = reading.unread.map(({ line, directive, protective }): SnippetIntent => ({ kind: 'snippet', from: [], setting, context, directive, line, protective: isProtectiveHere(snippet, protective) }));
  return { intents: [...known, ...unread], findings: notesOf(reading, snippet) };
}

/**
 * http-snippet, server-snippet and location-snippet of the ConfigMap at one location, read directive by directive as those of Ingresses are; a
 * text that answers requests by itself is lost as a whole.
 */
export function controllerSnippets(settings: ControllerSettings): (location: Location, server: Server) => LocationReading {
  const snippets = keys.flatMap((key): readonly ControllerSnippet[] => {
    const text = settings.raw.get(key) ?? '';
    return text.trim() === '' ? [] : [{ key, text, setting: settingUse(settings, key) }];
  });
  return (location, server) => {
    const readings = snippets.map((snippet) => readOne(snippet, location, server, settings));
    return { intents: readings.flatMap(({ intents }) => intents), findings: readings.flatMap(({ findings = [] }) => findings) };
  };
}
