import { raise, type Finding } from '../../diagnostics/finding.ts';
import { refusesHost, type Location, type Server } from '../../nginx/configuration.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import type { Intent, SnippetIntent } from '../../plan/intents.ts';
import type { LocationReading } from '../define.ts';
import { readAddressLists } from '../address-list.ts';
import { siblingsOf } from '../siblings.ts';
import { listsOf, type AccessStep } from './access.ts';
import { codes } from './codes.ts';
import type { Step, Surroundings } from './define.ts';
import { intentsOf, lastAnswer } from './effects.ts';
import { reachOf, type PathStep } from './reach.ts';
import { readSnippet, type PlacedNote, type SnippetReading } from './read.ts';
import { surroundingsOf } from './surroundings.ts';
import type { SnippetText } from './text.ts';

/** A snippet that acts on a location. */
interface Acting {
  readonly text: SnippetText;
  readonly context: 'location' | 'server';
  readonly reading: SnippetReading;
  readonly surroundings: Surroundings;
}

export function noteFinding({ name, aboutLine }: SnippetText, { code, line, directive, reason }: PlacedNote): Finding {
  return raise(codes, code, aboutLine(line), { annotation: name, line: String(line), directive, reason });
}

function unreadIntents({ text, context, reading }: Acting): readonly SnippetIntent[] {
  return reading.unread.map(({ line, directive, protective }) => text.own({ kind: 'snippet', from: [], context, directive, line, protective }));
}

const uses = (steps: readonly Step[], filter: 'add' | 'proxy'): boolean => steps.some((step) => step.kind === 'response-header' && step.filter === filter);

/**
 * What of the server block still acts in a location that has a snippet of its own: `add_header` and `proxy_hide_header` are inherited only
 * where a location has none. Measured on the controller. Source: https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header
 */
function inherited(server: readonly Step[], own: readonly Step[], others: string): readonly Step[] {
  const [add, proxy] = [uses(own, 'add') || /\badd_header\b/.test(others), uses(own, 'proxy') || /\bproxy_hide_header\b/.test(others)];
  return server.filter((step) => step.kind !== 'response-header' || !((add && step.filter === 'add') || (proxy && step.filter === 'proxy')));
}

/** The location whose rule brings those of single paths along: the first that somebody declared. Those of the server block stand beside denied ones too. */
function carrierOf({ locations }: Server, context: Acting['context']): Location | undefined {
  const served = locations.filter((location) => (context === 'server' ? !refusesHost(location) : location.denied === undefined));
  return served.find(({ automatic }) => !automatic) ?? served[0];
}

const isPath = (step: Step): step is PathStep => step.kind === 'path-answer';

/** Locations of the snippet, at the one location that carries them; none where the block answers every request before nginx looks for one. */
function withPaths(steps: readonly Step[], location: Location, server: Server, context: Acting['context']): readonly Step[] {
  const paths = steps.filter(isPath);
  if (paths.length === 0) return steps;
  const reached = (context === 'location' || lastAnswer(steps) === undefined) && carrierOf(server, context) === location;
  return steps.filter((step) => !isPath(step) || (reached && reachOf(step, paths, server) === 'acts'));
}

const modifiers = { exact: '= ', prefix: '', regex: '~ ' } as const;
const nameOf = ({ match: { kind, value } }: PathStep): string => `location ${modifiers[kind]}${value}`;

/** Of a location that nginx would not load, or whose place among the others cannot be said, nobody may guess: every rule of the host is closed. */
function unsayablePaths(steps: readonly Step[], server: Server, { text, context }: Acting): readonly SnippetIntent[] {
  const paths = steps.filter(isPath);
  return paths.flatMap((step): readonly SnippetIntent[] => {
    const reach = reachOf(step, paths, server);
    if (reach === 'acts' || reach === 'never') return [];
    // A redirect turns nobody away.
    const protective = reach === 'refused' || step.answer.kind === 'response';
    return [text.own({ kind: 'snippet', from: [], context, directive: nameOf(step), line: step.line, protective })];
  });
}

function neverReached({ text, reading }: Acting, server: Server): readonly Finding[] {
  const paths = reading.steps.filter(isPath);
  const reason = 'the expressions of the host take every path before it';
  return paths.filter((step) => reachOf(step, paths, server) === 'never').map((step) => noteFinding(text, { code: 'snippets/nothing-to-carry', line: step.line, directive: nameOf(step), reason }));
}

const isAccess = (step: Step): step is AccessStep => step.kind === 'access';

/**
 * Lists of a location replace those around it; beside those that its annotations or the controller write there, one order of both decides, which
 * is not known here.
 */
function unsayableAccess(steps: readonly Step[], { text, context }: Acting, others: boolean): readonly SnippetIntent[] {
  const own = steps.filter(isAccess);
  if (own.length === 0 || (!others && listsOf(own) !== undefined)) return [];
  return own.map(({ act, line }) => text.own({ kind: 'snippet', from: [], context, directive: act, line, protective: true }));
}

function voidLists({ text, reading }: Acting, kept: readonly Step[]): readonly Finding[] {
  const reason = 'the location has a list of its own, which replaces that of the server block';
  return reading.steps.filter(isAccess).filter((step) => !kept.includes(step)).map(({ act, line }) => noteFinding(text, { code: 'snippets/nothing-to-carry', line, directive: act, reason }));
}

function ofOne(acting: Acting, steps: readonly Step[]): readonly Intent[] {
  return [...intentsOf(steps, [], acting.surroundings).map(acting.text.own), ...unreadIntents(acting)];
}

const withoutLists = (steps: readonly Step[], without: boolean): readonly Step[] => (without ? steps.filter((step) => !isAccess(step)) : steps);

/** Address lists that the controller writes into the location (`own`), or that hold for all (`any`). */
function hasLists({ ingress }: Location, settings: ControllerSettings): { readonly own: boolean; readonly any: boolean } {
  if (ingress === undefined) return { own: false, any: settings.blockCidrs.length > 0 };
  const lists = readAddressLists(siblingsOf(ingress, settings), settings);
  const own = lists.kind === 'refused' || lists.from.length > 0 || settings.allowListSourceRange.length + settings.denyListSourceRange.length > 0;
  // With the address of a header one list would be compared as the other is, but nothing would say so.
  return { own, any: own || settings.blockCidrs.length > 0 || settings.useForwardedHeaders || settings.useProxyProtocol };
}

/** Most locations have no snippet: they share this. */
const nothing: LocationReading = { intents: [] };

/** The server-snippet of the host and the configuration-snippet of the Ingress, as one location sees them: the server block answers first. `beside`: other text of the location. */
export function readAtLocation(
  location: Location,
  server: Server,
  settings: ControllerSettings,
  snippets: { readonly server: SnippetText | undefined; readonly own: SnippetText | undefined; readonly beside?: string },
): LocationReading {
  if (snippets.server === undefined && snippets.own === undefined) return nothing;
  const read = (text: SnippetText | undefined, context: Acting['context']): Acting | undefined => {
    if (text === undefined) return undefined;
    const surroundings = surroundingsOf(context, location, server, settings);
    return { text, context, reading: readSnippet(text.raw, context, surroundings), surroundings };
  };
  const [outer, inner] = [read(snippets.server, 'server'), read(snippets.own, 'location')];
  const innerSteps = inner?.reading.steps ?? [];
  const lists = hasLists(location, settings);
  const outerSteps = (outer?.reading.steps ?? []).filter((step) => !isAccess(step) || !(lists.own || innerSteps.some(isAccess)));
  const intents = [
    ...(outer === undefined ? [] : [...ofOne(outer, withPaths(withoutLists(inherited(outerSteps, innerSteps, snippets.beside ?? ''), lists.any), location, server, 'server')), ...unsayablePaths(outerSteps, server, outer), ...unsayableAccess(outerSteps, outer, lists.any)]),
    ...(inner === undefined ? [] : [...ofOne(inner, withPaths(withoutLists(innerSteps, lists.any), location, server, 'location')), ...unsayablePaths(innerSteps, server, inner), ...unsayableAccess(innerSteps, inner, lists.any)]),
  ];
  const acting = [outer, inner].filter((one) => one !== undefined);
  return {
    intents,
    findings: [...(outer === undefined ? [] : voidLists(outer, outerSteps)), ...acting.flatMap((one) => [...one.reading.notes.map((note) => noteFinding(one.text, note)), ...neverReached(one, server)])],
    // A snippet none of whose conditions ever holds here adds nothing.
    structural: acting.flatMap(({ text: { annotation }, reading }) => (annotation !== undefined && annotation.ingress === location.ingress && reading.notes.length === 0 ? [annotation.key] : [])),
  };
}
