import { raise, type Finding } from '../diagnostics/finding.ts';
import type { PlanHost, PlanRule } from '../plan/plan.ts';
import { codes } from './codes.ts';
import type { LoweringOptions } from './define.ts';
import type { PlacedRule } from './paths.ts';
import { placePlainPaths } from './plain-paths.ts';
import { placeRegexPaths } from './regex-paths.ts';
import { aboutRule, hostName } from './subject.ts';

const redirects = new Set(['redirect', 'rewrite-redirect', 'path-answer']);

/** The `/` that nginx adds and that answers 404: a route without a rule for the path does the same. */
export function isOmitted({ location, intents }: PlanRule): boolean {
  return location.automatic && location.backend.kind === 'none' && !intents.some(({ kind }) => redirects.has(kind));
}

/** Rules with equal matches are one rule to a gateway: the one that nginx tries first stays. */
function withoutTwins(host: PlanHost, placed: readonly PlacedRule[], add: (finding: Finding) => void): readonly PlacedRule[] {
  const byMatch = new Map<string, PlacedRule>();
  return placed.filter((entry) => {
    const { match } = entry.path;
    const key = `${match.type} ${match.value}`;
    const first = byMatch.get(key);
    if (first === undefined) {
      byMatch.set(key, entry);
      return true;
    }
    const { path } = entry.rule.location;
    add(raise(codes, 'path/same-match', aboutRule(entry.rule), { host: hostName(host.server), path, other: first.rule.location.path, value: match.value }));
    return false;
  });
}

/** The `/` that nginx adds is `^/` on a regex host and takes everything: whatever it tries later gets nothing, and an Exact / is tried later. */
function withoutHidden(host: PlanHost, add: (finding: Finding) => void): readonly PlanRule[] {
  const at = host.server.regex === undefined ? -1 : host.rules.findIndex(isOmitted);
  if (at < 0) return host.rules;
  for (const rule of host.rules.slice(at + 1)) {
    const { path } = rule.location;
    add(raise(codes, 'path/same-match', aboutRule(rule), { host: hostName(host.server), path, other: 'the / that nginx adds to every host', value: '^/' }));
  }
  return host.rules.slice(0, at);
}

/**
 * How the locations of a host are matched. Rules that need no match are left out.
 *
 * @param add takes what changes meaning
 */
export function placePaths(
  host: PlanHost,
  options: Pick<LoweringOptions, 'profile' | 'regexHosts'>,
  add: (finding: Finding) => void,
): readonly PlacedRule[] {
  const rules = withoutHidden(host, add).filter((rule) => !isOmitted(rule));
  const placed = host.server.regex === undefined ? placePlainPaths(host, rules, options.profile, add) : placeRegexPaths(host, rules, options, add);
  return placed.length < 2 ? placed : withoutTwins(host, placed, add);
}
