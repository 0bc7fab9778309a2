import type { Location, Server } from '../../nginx/configuration.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { normalise } from '../gateway/path.ts';
import type { VerifyProfile } from '../gateway/profile.ts';
import { matchesPattern } from '../nginx/find-location.ts';
import type { Place } from '../nginx/place.ts';
import { readTarget } from '../nginx/request-target.ts';
import type { ProbeOutcome, ProbeRequest } from '../outcome.ts';
import { plainPaths } from '../requests/paths.ts';
import { snippetPaths } from '../requests/snippet-paths.ts';

/**
 * Where a request may end that a gateway reads in another way than nginx: at a location of the same server that takes it too, at any location of the
 * server, at another server whose name covers the host, or at no rule at all.
 */
export type Reach = 'order' | 'paths' | 'hosts' | 'nowhere';

/** A request that is read in another way, and where it then ends. */
export interface Elsewhere {
  readonly request: ProbeRequest;
  /** Absent: where nginx itself would send it. */
  readonly place?: Place;
  /** The path that is asked for is that of the request, or a reading of it. */
  readonly samePath: boolean;
}

const withoutEscapedSlashes = (target: string): string => {
  const [path = '', ...query] = target.split(/(?=\?)/u);
  return path.replace(/%2f/giu, '/') + query.join('');
};

/** The target as the gateway reads it, where it does; with %2F as it is, and as a slash. */
function readings(target: string, profile: Pick<VerifyProfile, 'paths'>): readonly string[] {
  const read = [target, withoutEscapedSlashes(target)].map((text) => normalise(text, profile));
  return [...new Set(read.flatMap((one) => (one.kind === 'path' ? [`${one.path}${one.query}`] : [])))];
}

/** A PathPrefix takes its path without the final slash as well. */
const withSlash = (target: string): string => target.replace(/\/?(?=\?|$)/u, '/');

/** What the gateway answers to a path by itself, before it looks for a rule: it refuses the path, or sends to the one without escaped slashes. */
export function isAnsweredUnrouted({ target }: ProbeRequest, after: ProbeOutcome, profile: Pick<VerifyProfile, 'paths'>): boolean {
  if (after.kind === 'answered') return after.status === 400 && (/%2f/iu.test(target) || normalise(target, profile).kind === 'refused');
  return after.kind === 'redirected' && /%2f/iu.test(target) && readings(withoutEscapedSlashes(target), profile).includes(after.location);
}

/** A path that the location is for, with the query of the request: what the gateway's rule takes may be none that the location would rewrite. */
const ownTarget = (location: Location, request: ProbeRequest): string => withQueryOf(plainPaths(location)[0] ?? '/', request);

function withQueryOf(path: string, { target }: ProbeRequest): string {
  const mark = target.indexOf('?');
  return `${path}${mark < 0 ? '' : target.slice(mark)}`;
}

function takes(location: Location, { target }: ProbeRequest): boolean {
  const path = readTarget(target)?.path;
  return path !== undefined && matchesPattern(location, path);
}

/** Where a request may end, `reach` at most away from where it ends in nginx; the nearest first. */
export function* elsewhere(request: ProbeRequest, servers: readonly Server[], reach: ReadonlySet<Reach>, profile: Pick<VerifyProfile, 'paths'>, settings: ControllerSettings): Generator<Elsewhere> {
  const targets = reach.has('paths') ? [...new Set([request.target, ...readings(request.target, profile), withSlash(request.target)])] : [request.target];
  for (const target of targets.slice(1)) yield { request: { ...request, target }, samePath: true };
  for (const server of servers) {
    for (const target of targets) yield { request: { ...request, target }, place: { server }, samePath: true };
    if (reach.has('order')) for (const location of server.locations.filter((one) => takes(one, request))) yield { request, place: { server, location }, samePath: true };
    if (!reach.has('paths')) continue;
    for (const target of targets) yield { request: { ...request, target }, place: { server, asWritten: true }, samePath: true };
    for (const location of server.locations) {
      yield { request, place: { server, location }, samePath: true };
      for (const target of targets) yield { request: { ...request, target }, place: { server, location, asWritten: true }, samePath: true };
      yield { request: { ...request, target: ownTarget(location, request) }, place: { server, location }, samePath: false };
    }
    for (const path of snippetPaths(server, settings)) yield { request: { ...request, target: withQueryOf(path, request) }, place: { server }, samePath: false };
  }
}
