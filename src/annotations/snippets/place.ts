import { raise, type Finding } from '../../diagnostics/finding.ts';
import { annotationLineOrigin } from '../../model/ingress.ts';
import type { Location, Server } from '../../nginx/configuration.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import type { Intent, SnippetIntent } from '../../plan/intents.ts';
import type { LocationReading, PresentAnnotation } from '../define.ts';
import { codes } from './codes.ts';
import type { Step, Surroundings } from './define.ts';
import { intentsOf, lastAnswer } from './effects.ts';
import { readSnippet, type PlacedNote, type SnippetReading } from './read.ts';
import { surroundingsOf } from './surroundings.ts';

/** A snippet that acts on a location. */
interface Acting {
  readonly annotation: PresentAnnotation;
  readonly context: 'location' | 'server';
  readonly reading: SnippetReading;
  readonly surroundings: Surroundings;
}

function noteFinding({ ingress, key }: PresentAnnotation, { code, line, directive, reason }: PlacedNote): Finding {
  const subject = { object: ingress.ref, origin: annotationLineOrigin(ingress, key, line), annotation: key };
  return raise(codes, code, subject, { annotation: key, line: String(line), directive, reason });
}

function unreadIntents({ annotation, context, reading }: Acting): readonly SnippetIntent[] {
  return reading.unread.map(({ line, directive, protective }) => ({ kind: 'snippet', from: [annotation], context, directive, line, protective }));
}

const isAnswer = ({ kind }: Step): boolean => kind === 'answer' || kind === 'https-redirect';
const uses = (steps: readonly Step[], filter: 'add' | 'proxy'): boolean => steps.some((step) => step.kind === 'response-header' && step.filter === filter);

/**
 * What of the server block still acts in a location that has a snippet of its own: `add_header` and `proxy_hide_header` are inherited only
 * where a location has none. Measured on the controller. Source: https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header
 */
function inherited(server: readonly Step[], own: readonly Step[]): readonly Step[] {
  const [add, proxy] = [uses(own, 'add'), uses(own, 'proxy')];
  return server.filter((step) => step.kind !== 'response-header' || !((add && step.filter === 'add') || (proxy && step.filter === 'proxy')));
}

/** The location whose rule brings those of single paths along: the first that somebody declared. */
const carrierOf = ({ locations }: Server): Location | undefined => locations.find(({ automatic }) => !automatic) ?? locations[0];

/** nginx refuses a location that is there already: the `=` of a Prefix path, or an Exact one. */
function isTaken(path: string, { regex, locations }: Server): boolean {
  return regex === undefined && locations.some((location) => location.path === path && (path !== '/' || location.pathType === 'Exact'));
}

/** Single paths of the server block, at the one location that carries them; none where the block answers every request before nginx looks for one. */
function withPaths(steps: readonly Step[], location: Location, server: Server): readonly Step[] {
  const reached = lastAnswer(steps) === undefined && carrierOf(server) === location;
  return steps.filter((step) => step.kind !== 'path-answer' || (reached && !isTaken(step.path, server)));
}

/** Of a path that nginx would not load twice nobody knows what was meant: every rule of the host is closed. */
function refusedPaths(steps: readonly Step[], server: Server, annotation: PresentAnnotation): readonly SnippetIntent[] {
  return steps.flatMap((step): readonly SnippetIntent[] =>
    step.kind === 'path-answer' && isTaken(step.path, server) ? [{ kind: 'snippet', from: [annotation], context: 'server', directive: `location = ${step.path}`, line: 1, protective: true }] : [],
  );
}

function ofOne(acting: Acting, steps: readonly Step[]): readonly Intent[] {
  return [...intentsOf(steps, [acting.annotation], acting.surroundings), ...unreadIntents(acting)];
}

/** Most locations have no snippet: they share this. */
const nothing: LocationReading = { intents: [] };

/** The server-snippet of the host and the configuration-snippet of the Ingress, as one location sees them: the server block answers first. */
export function readAtLocation(
  location: Location,
  server: Server,
  settings: ControllerSettings,
  snippets: { readonly server: PresentAnnotation | undefined; readonly own: PresentAnnotation | undefined },
): LocationReading {
  if (snippets.server === undefined && snippets.own === undefined) return nothing;
  const read = (annotation: PresentAnnotation | undefined, context: Acting['context']): Acting | undefined => {
    if (annotation === undefined) return undefined;
    const surroundings = surroundingsOf(context, location, server, settings);
    return { annotation, context, reading: readSnippet(annotation.raw, context, surroundings), surroundings };
  };
  const [outer, inner] = [read(snippets.server, 'server'), read(snippets.own, 'location')];
  const answered = outer !== undefined && lastAnswer(outer.reading.steps) !== undefined;
  const innerSteps = answered ? (inner?.reading.steps ?? []).filter((step) => !isAnswer(step)) : (inner?.reading.steps ?? []);
  const intents = [
    ...(outer === undefined ? [] : [...ofOne(outer, withPaths(inherited(outer.reading.steps, innerSteps), location, server)), ...refusedPaths(outer.reading.steps, server, outer.annotation)]),
    ...(inner === undefined ? [] : ofOne(inner, innerSteps)),
  ];
  const acting = [outer, inner].filter((one) => one !== undefined);
  return {
    intents,
    findings: acting.flatMap(({ annotation, reading }) => reading.notes.map((note) => noteFinding(annotation, note))),
    // A snippet none of whose conditions ever holds here adds nothing.
    structural: acting.filter(({ annotation, reading }) => annotation.ingress === location.ingress && reading.notes.length === 0).map(({ annotation }) => annotation.key),
  };
}
