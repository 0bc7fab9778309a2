import { raise, type Finding } from '../diagnostics/finding.ts';
import { compareText } from '../model/object.ts';
import type { Denial, Location, LocationMatch, RegexMode } from './configuration.ts';
import type { LocationDraft, ServerDraft } from './drafts.ts';
import { hostText, nameOf } from './naming.ts';
import { isInvalidRegex, neverMatches } from './path-checks.ts';
import { codes } from './server-codes.ts';

/** Length in bytes, as Go counts. */
const lengthOf = (path: string): number => Buffer.byteLength(path);

const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

/** Longest text first, then descending text; equal ones keep the order in which they were added. */
function inWrittenOrder(locations: readonly LocationDraft[]): readonly LocationDraft[] {
  return [...locations].sort((a, b) => lengthOf(b.path) - lengthOf(a.path) || compareText(b.path, a.path));
}

/**
 * Whether the location makes its host a regex host. The rewrite is compared with the path as written to nginx: a Prefix without a final
 * slash has got one by then, so a target equal to it still counts.
 * Source: needsRewrite in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/location.go
 */
function regexCause({ facts, plain, path, pathType }: LocationDraft): RegexMode['annotation'] | undefined {
  if (facts === undefined || plain) return undefined;
  if (facts.useRegex) return 'use-regex';
  const { rewriteTarget } = facts;
  const written = pathType === 'Prefix' && rewriteTarget === path ? withSlash(path) : path;
  return rewriteTarget !== '' && rewriteTarget !== written ? 'rewrite-target' : undefined;
}

/** The cause that a message names: use-regex before rewrite-target, older before younger. */
export function regexModeOf(server: ServerDraft): RegexMode | undefined {
  let best: { readonly rank: number; readonly mode: RegexMode } | undefined;
  for (const location of server.locations) {
    const annotation = regexCause(location);
    if (annotation === undefined || location.facts === undefined) continue;
    const { ingress, rank } = location.facts;
    const stronger = best === undefined || (annotation === best.mode.annotation ? rank < best.rank : annotation === 'use-regex');
    if (stronger) best = { rank, mode: { ingress, annotation } };
  }
  return best?.mode;
}

/** Own rewrite or use-regex of the location: its path is then written as it stands. */
function isOwnRegex({ facts, plain, path }: LocationDraft): boolean {
  return facts !== undefined && !plain && (facts.useRegex || (facts.rewriteTarget !== '' && facts.rewriteTarget !== path));
}

/**
 * How the path is written to nginx. A plain Prefix becomes two locations; in regex mode the shorter one, tried second, covers both.
 * Source: updateServerLocations in location.go and buildLocation in template.go of the controller.
 */
function matchOf(draft: LocationDraft, regex: boolean, exact: ReadonlySet<string>): LocationMatch {
  const { path, pathType } = draft;
  const beside = pathType === 'Prefix' && exact.has(path);
  if (regex) return { kind: 'regex', pattern: beside && !isOwnRegex(draft) ? withSlash(path) : path };
  if (pathType === 'Exact') return { kind: 'exact', path };
  return { kind: 'prefix', path: withSlash(path), bare: !path.endsWith('/') && !beside };
}

/** Name of the nginx location that one of ours becomes; nginx refuses a configuration that has one twice, unless it is a regular expression. */
function writtenName(match: LocationMatch): string | undefined {
  if (match.kind === 'regex') return undefined;
  return match.kind === 'exact' ? `= ${match.path}` : match.path;
}

function sayDuplicate(server: ServerDraft, draft: LocationDraft, other: string, findings: Finding[]): void {
  const { facts, rule, path } = draft;
  if (facts === undefined || rule === undefined) return;
  const about = { object: facts.ingress.ref, origin: rule.origin };
  findings.push(raise(codes, 'location/duplicate', about, { path, host: hostText(server.host), ingress: nameOf(facts.ingress.ref), other }));
}

/** Leaves out what nginx could not have beside an earlier location. */
function withoutDuplicates(server: ServerDraft, regex: boolean, exact: ReadonlySet<string>, findings: Finding[]): readonly LocationDraft[] {
  const taken = new Map<string, string>();
  const ids = new Set<string>();
  return server.locations.filter((draft) => {
    const name = writtenName(matchOf(draft, regex, exact));
    const other = name === undefined ? undefined : taken.get(name);
    const id = `${draft.pathType} ${draft.path}`;
    if (other !== undefined) sayDuplicate(server, draft, other, findings);
    if (other !== undefined || ids.has(id)) return false;
    ids.add(id);
    if (name !== undefined) taken.set(name, draft.path);
    return true;
  });
}

/** Says what is wrong with a path; false when nginx could not load it, so that no nginx ever served it. */
function isLoadable(server: ServerDraft, { path, facts, rule }: LocationDraft, regex: boolean, findings: Finding[]): boolean {
  if (facts === undefined || rule === undefined) return true;
  const about = { object: facts.ingress.ref, origin: rule.origin };
  const args = { path, host: hostText(server.host) };
  if (neverMatches(path, regex)) findings.push(raise(codes, 'location/never-matches', about, args));
  if (!regex || !isInvalidRegex(path)) return true;
  findings.push(raise(codes, 'location/invalid-regex', about, { ...args, ingress: nameOf(facts.ingress.ref) }));
  return false;
}

/**
 * A location of that name is there, `= /foo` or, for the path `/foo//`, the `/foo/` that a Prefix `/foo` is written as: nginx has no reason to
 * add the slash. Measured.
 */
function hasBare(bare: string, exact: ReadonlySet<string>, prefixes: ReadonlySet<string>): boolean {
  return bare === '' || exact.has(bare) || prefixes.has(bare) || (bare.endsWith('/') && prefixes.has(bare.slice(0, -1)));
}

/** Locations of one server in the order in which nginx tries them, the automatic `/` included. */
export function writeLocations(server: ServerDraft, regex: boolean, hostDenial: Denial | undefined, findings: Finding[]): readonly Location[] {
  const ofType = (type: LocationDraft['pathType']): ReadonlySet<string> =>
    new Set(server.locations.filter(({ pathType }) => pathType === type).map(({ path }) => path));
  const exact = ofType('Exact');
  const prefixes = ofType('Prefix');
  const redirected = new Set<string>();
  const kept = withoutDuplicates(server, regex, exact, findings).filter((draft) => isLoadable(server, draft, regex, findings));
  return inWrittenOrder(kept).map((draft): Location => {
    const { path, pathType, facts, rule, automatic, backend } = draft;
    const denied = hostDenial ?? facts?.denial;
    const adds = !regex && denied === undefined && path.endsWith('/') && !hasBare(path.slice(0, -1), exact, prefixes) && !redirected.has(path);
    if (adds) redirected.add(path);
    return {
      id: `${server.host} ${pathType} ${path}`,
      path,
      pathType,
      match: matchOf(draft, regex, exact),
      addSlashRedirect: adds,
      automatic,
      ingress: facts?.ingress,
      rule,
      backend,
      denied,
    };
  });
}
