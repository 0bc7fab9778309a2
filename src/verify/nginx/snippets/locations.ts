import type { Server } from '../../../nginx/configuration.ts';
import { findLocation } from '../find-location.ts';
import { pcre } from '../pattern.ts';
import { bytesOf } from '../request-target.ts';
import type { Line } from './text.ts';

/** A `location` of a snippet by what it compares the path with. */
interface Own {
  readonly modifier: '' | '=' | '^~' | '~' | '~*';
  readonly name: string;
  readonly line: Line;
}

const modifiers = ['=', '^~', '~*', '~', ''] as const;

function ownOf(line: Line): Own {
  const text = line.words.join('');
  const modifier = modifiers.find((one) => text.startsWith(one)) ?? '';
  return { modifier, name: bytesOf(text.slice(modifier.length)), line };
}

const silent = /^(?:auth_basic|auth_request|access_log|error_log|log_not_found|default_type|allow|more_set_headers|more_clear_headers|add_header|proxy_hide_header)$/;

/** Lines of a location that answers by itself, as lines of the rewrite phase; undefined when it may do something else. */
function answering(inner: readonly Line[]): readonly Line[] | undefined {
  const access = inner.find(({ name }) => name === 'deny' || name === 'allow');
  const denied = access?.name === 'deny' && access.words[0] === 'all';
  const first = inner.find(({ name }) => name === 'return');
  if (inner.some(({ name, inner: block }) => block !== undefined || !(silent.test(name) || /^(?:return|deny|internal)$/.test(name)))) return undefined;
  // A location that is internal is none for requests from outside.
  const internal = inner.some(({ name }) => name === 'internal');
  if (first !== undefined && !internal) return [first];
  const status = internal ? '404' : denied ? '403' : undefined;
  return status === undefined ? undefined : [{ name: 'return', words: [status], inner: undefined }];
}

const matches = ({ modifier, name }: Own, path: string): boolean => pcre(name, modifier === '~*' ? 'i' : '')?.test(path) ?? true;

function longestOf(path: string, owns: readonly Own[]): Own | undefined {
  const fitting = owns.filter(({ modifier, name }) => (modifier === '' || modifier === '^~') && path.startsWith(name));
  return fitting.toSorted((a, b) => b.name.length - a.name.length)[0];
}

/** Length of the prefix by which a location of an Ingress has the path; Infinity for an exact name or an expression. */
function lengthOfIngress(path: string, server: Server): number {
  const found = findLocation(server, path);
  if (found.kind === 'none' || found.kind === 'own') return 0;
  const { match } = found.location;
  return found.kind === 'location' && match.kind === 'prefix' && bytesOf(match.path) !== `${path}/` ? bytesOf(match.path).length : Infinity;
}

/** Expressions of the snippet stand before those of the controller; a host without expressions has exact names and prefixes. */
function chosen(path: string, owns: readonly Own[], server: Server): Own | undefined {
  const exact = owns.find(({ modifier, name }) => modifier === '=' && name === path);
  if (exact !== undefined) return exact;
  const ingress = lengthOfIngress(path, server);
  const longest = longestOf(path, owns);
  const wins = longest !== undefined && (longest.name.length > ingress || (server.regex !== undefined && longest.modifier === '^~'));
  if (wins && longest.modifier === '^~') return longest;
  const expression = server.regex === undefined && ingress === Infinity ? undefined : owns.find((own) => own.modifier.startsWith('~') && matches(own, path));
  return expression ?? (wins ? longest : undefined);
}

/** nginx loads no location of a name that another has. */
function isTaken({ modifier, name }: Own, { locations }: Server): boolean {
  if (modifier.startsWith('~')) return false;
  return locations.some(({ match }) => {
    if (match.kind === 'regex') return false;
    if (modifier === '=') return match.kind === 'exact' ? bytesOf(match.path) === name : match.bare && bytesOf(match.path) === `${name}/`;
    return match.kind === 'prefix' && bytesOf(match.path) === name;
  });
}

/** Lines of a block as they count for one path. */
export interface ServerLines {
  /** Of the block itself: they act before a location is looked for, and before app-root. */
  readonly block: readonly Line[];
  /** Of the location of the snippet that takes the path; one that may do anything is unknown. */
  readonly location: readonly Line[];
}

/** Source: https://nginx.org/en/docs/http/ngx_http_core_module.html#location */
export function linesFor(path: string, lines: readonly Line[], server: Server): ServerLines {
  const isLocation = ({ name, inner }: Line): boolean => name === 'location' && inner !== undefined;
  const owns = lines.filter(isLocation).map(ownOf);
  const taken = owns.length === 0 ? undefined : chosen(path, owns, server);
  return { block: lines.filter((line) => !isLocation(line)), location: taken === undefined ? [] : isTaken(taken, server) ? [taken.line] : (answering(taken.line.inner ?? []) ?? [taken.line]) };
}
