import { CATCH_ALL, type Location, type Server } from '../../nginx/configuration.ts';
import { hostText } from '../../nginx/naming.ts';
import { bytesOf, escapePath, readTarget, textOf } from '../nginx/request-target.ts';
import type { ProbeOutcome, ProbeRequest } from '../outcome.ts';
import type { Involved } from './involved.ts';

/** What is known of a divergence. The outcomes are not where only the differences were observed. */
export interface Circumstances {
  readonly request: ProbeRequest;
  /** Of the finding. */
  readonly args: Readonly<Record<string, string>>;
  readonly involved: Pick<Involved, 'chosen' | 'server' | 'named'>;
  readonly before: ProbeOutcome | undefined;
  readonly after: ProbeOutcome | undefined;
}

export type Condition = (circumstances: Circumstances) => boolean;

export const all = (...conditions: readonly Condition[]): Condition => (circumstances) => conditions.every((condition) => condition(circumstances));
export const either = (...conditions: readonly Condition[]): Condition => (circumstances) => conditions.some((condition) => condition(circumstances));

const pathOf = ({ target }: ProbeRequest): string => target.split('?', 1)[0] ?? '';

/** nginx refuses the path before it looks for a location. */
const isUnreadable = ({ target }: ProbeRequest): boolean => readTarget(target) === undefined;
/** As a match holds a path: brackets are no characters of a URL's path (RFC 3986, 3.3), though clients and nginx write them. */
const written = (path: string): string => escapePath(path).replaceAll('[', '%5B').replaceAll(']', '%5D');
/** Paths that gateways may read in other ways than nginx: those that are not written as a match would be. */
export function isUnusual(request: ProbeRequest): boolean {
  const read = readTarget(request.target)?.path;
  return read === undefined || written(read) !== pathOf(request);
}
export const unusualPath: Condition = ({ request }) => isUnusual(request);
/** nginx changes the path before it writes it anywhere. */
export const decodable: Condition = ({ request }) => isUnusual(request) || /%|\/\/|\/\./u.test(pathOf(request));
/** %2F separates segments for nginx. */
export const escapedSlash: Condition = ({ request }) => /%2f/iu.test(request.target);
/** `/` to nginx, which merges slashes before it looks for a location. */
export const onlySlashes: Condition = ({ request }) => /^\/[/.]*\/$/u.test(pathOf(request));
/** `/a//../b` is /b to nginx and /a/b to Envoy, which forwards it so: the request gets the rule of the path that the application sees. */
export const dotsAfterEmpty: Condition = (circumstances) => /\/\/+\.\.(?:[/?]|$)/u.test(circumstances.request.target) && !escapedSlash(circumstances);
/** Paths that the controller answers itself for hosts that nobody names. */
export const controllerPath: Condition = ({ request }) => /^\/+(?:healthz|nginx_status)/u.test(request.target);
export const isOptions: Condition = ({ request }) => request.method === 'OPTIONS';
export const isRoot: Condition = ({ request }) => /^\/[./]*(?:\?|$)/u.test(request.target);
export const endsWithSlash: Condition = ({ request }) => request.target.endsWith('/');
export const hasEscape: Condition = ({ request }) => pathOf(request).includes('%');
export const hasQuery: Condition = ({ request }) => request.target.includes('?');

export const overTls: Condition = ({ request }) => request.scheme === 'https';
export const plain: Condition = ({ request }) => request.scheme === 'http';
export const crossOrigin: Condition = ({ request: { method, headers } }) => method === 'OPTIONS' || headers.has('origin');
/** What the lists of blocked clients look at. */
export const namesClient: Condition = ({ request: { headers } }) => headers.has('user-agent') || headers.has('referer');

/** Names below a wildcard that nginx does not count to it, and that nobody has. */
export const deepName: Condition = ({ request: { host }, args: { host: wildcard = '' }, involved: { named } }) => !named && host.endsWith(wildcard.slice(1)) && host.slice(0, 1 - wildcard.length).includes('.');

function isNamedBy(alias: string, host: string): boolean {
  if (!alias.startsWith('~')) return alias === host || (alias.startsWith('*.') && host.endsWith(alias.slice(1)));
  try {
    return new RegExp(alias.slice(1), 'iu').test(host);
  } catch {
    return true;
  }
}
export const isAlias: Condition = ({ request: { host }, args: { alias = '' } }) => isNamedBy(alias.toLowerCase(), host.toLowerCase());
/** How messages call a server. */
const namesOf = ({ host }: Server): readonly string[] => (host === CATCH_ALL ? [host, hostText(host), 'the catch-all host'] : [host]);
/** One of the servers that could take the request has the name. */
export const isOneOf = (servers: readonly Server[], name: string): boolean => servers.some((server) => namesOf(server).includes(name));
export const ofUnknownHosts: Condition = ({ args: { host } }) => host === hostText(CATCH_ALL);

/** The setting stands in the server block, so that it is about every path of the host. */
export const ofServerBlock: Condition = ({ args: { key = '' } }) => key.endsWith('/server-snippet');

/** The location is that of the path that is named. */
export const ofPath: Condition = ({ request, involved: { chosen }, args: { path } }) => path === undefined || chosen?.path === path || isUnreadable(request);
/** The path that is named, with a slash at its end or without. */
export const nearPath: Condition = ({ request, args: { path = '' } }) => [pathOf(request), readTarget(request.target)?.path].some((asked) => asked?.replace(/\/$/u, '') === path.replace(/\/$/u, ''));
/** `/foo`, where the finding is about `/foo/`. */
export const isBare: Condition = ({ request, args: { path = '' } }) => path.length > 1 && `${pathOf(request)}/` === path;
/** Below the text that a rule is matched by. */
export const below: Condition = ({ request, args: { value = '' } }) => pathOf(request).startsWith(value);
/** Below the letters that an expression begins with, without the last one: it may be optional. */
export const belowExpression: Condition = ({ request, args: { path = '', value = path } }) => {
  const letters = /^(?:\(\?i\)\^)?([^\\^$.*+?()[\]{}|]*)/u.exec(value)?.[1] ?? '';
  return pathOf(request).toLowerCase().startsWith(letters.slice(0, -1).toLowerCase());
};

const isUnserved = (location: Location | undefined): boolean => location === undefined || location.backend.kind === 'none' || location.denied !== undefined;
/** nginx has nobody to forward to there, and answers by itself or by its error pages. */
export const unserved: Condition = ({ involved }) => isUnserved(involved.chosen);
/** nginx merges slashes before it looks for a location. */
const isNeverMet = ({ path, match }: Location): boolean => match.kind !== 'regex' && path.includes('//');
/** No location of the host forwards anything. */
export const servesNothing: Condition = ({ involved: { server } }) => server?.locations.every((location) => isUnserved(location) || isNeverMet(location)) !== false;
/** The `/` that nginx adds, and a name without its final slash where something answers before nginx adds that. */
export const undeclared: Condition = (circumstances) => {
  const { request, involved: { chosen } } = circumstances;
  const isBareOf = chosen?.addSlashRedirect === true && chosen.path === `${readTarget(request.target)?.path ?? ''}/` && !addsSlash(circumstances);
  return chosen?.automatic === true || isBareOf || isUnreadable(request);
};

/** The same address over TLS. */
const isSecured = ({ scheme, host }: ProbeRequest, after: ProbeOutcome): boolean => scheme === 'http' && after.kind === 'redirected' && after.location.toLowerCase().startsWith(`https://${host.toLowerCase()}/`);
/** nginx sends plain HTTP to the same address over TLS, without its last slash; a text or a rewrite may lead elsewhere on the host. */
function isSent({ scheme, host, target }: ProbeRequest, before: ProbeOutcome | undefined): boolean {
  if (scheme !== 'http' || before?.kind !== 'redirected') return false;
  return [target, target.replace(/\/$/u, '')].some((same) => before.location.toLowerCase() === `https://${host}${same}`.toLowerCase());
}
/** Of a rule that forwards nothing. */
export const fails: Condition = ({ after }) => after === undefined || (after.kind === 'answered' && after.status >= 500);
const decoded = (address: string): string => textOf(bytesOf(address).replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))));
/** nginx undoes the escapes of a path that a text puts into an address, without the query; a gateway leaves them as they came. */
export const isDecoded: Condition = ({ before, after }) =>
  before === undefined || after === undefined || (before.kind === 'redirected' && after.kind === 'redirected' && [after.location, after.location.split('?', 1)[0] ?? ''].map(decoded).includes(decoded(before.location)));
/** A rule that forwards nothing, behind the redirect to HTTPS where there is one; where there is no rule, gateways say 404. */
export const shut: Condition = (circumstances) => {
  const { request, before, after } = circumstances;
  return (after !== undefined && isSecured(request, after)) || (fails(circumstances) && !isSent(request, before));
};
/** The redirect to the final slash of a path, on one of the sides: it leads to the rule of that path. */
export const addsSlash: Condition = ({ request, before, after }) =>
  [before, after].some((outcome) => outcome?.kind === 'redirected' && outcome.location.toLowerCase().startsWith(`${request.scheme}://${request.host}${readTarget(request.target)?.path ?? ''}/`.toLowerCase()));
/** Nor is there one for the `/` that nginx adds and answers 404 at. */
export const hasRule: Condition = ({ involved: { chosen }, before }) => !(chosen?.automatic === true && chosen.backend.kind === 'none' && before?.kind === 'answered' && before.status === 404);
/** The status that the finding says nginx answers with. */
export const answersStatus: Condition = ({ before, args: { status } }) => before === undefined || (before.kind === 'answered' && String(before.status) === status);
export const wasBlocked: Condition = ({ before }) => before === undefined || (before.kind === 'answered' && before.status === 403);
export const redirects: Condition = ({ after }) => after === undefined || after.kind === 'redirected';

/** The gateway limits both directions by the time that the finding names. */
export const oneIdleTimeout: Condition = ({ after, args: { idle = '' } }) =>
  after?.kind !== 'forwarded' || ['read-timeout', 'send-timeout'].every((kind) => after.limits.some((limit) => limit.kind === kind && limit.value === `${idle}s`));

const grants = (outcome: ProbeOutcome): boolean => outcome.kind !== 'redirected' && outcome.responseHeaders.has('access-control-allow-origin');
/** Without an Origin, or beside what both sides say of the Origin; the filter stands behind the redirect to HTTPS. */
export const ofOtherOrigins: Condition = ({ request, before, after }) => before === undefined || after === undefined || !request.headers.has('origin') || !grants(before) || grants(after) || isSecured(request, after);
/** The gateway admits an origin that nginx does not. */
export const admitsMore: Condition = ({ before, after }) => before === undefined || after === undefined || (grants(after) && !grants(before));
