import { raise, type Finding, type Subject } from '../diagnostics/finding.ts';
import { annotationOrigin } from '../model/ingress.ts';
import type { PlanHost, PlanRule } from '../plan/plan.ts';
import { codes } from './codes.ts';
import type { LoweringOptions } from './define.ts';
import { literalForm, type LiteralForm } from './literal-form.ts';
import { groupByOverlap } from './overlap.ts';
import { maximumPathLength, pathText } from './path-text.ts';
import type { PathRewrite, PlacedRule } from './paths.ts';
import { areUnequallyProtected } from './protections.ts';
import { portableRegex, readRegex, type RegexFacts } from './regex.ts';
import { rewriteOnLiteral, rewriteOnRegex, rewriteTargetOf } from './rewrite-target.ts';
import { aboutHost, aboutRule, hostName } from './subject.ts';

/** One location of a regex host with everything that is known of its path. */
interface Member {
  readonly rule: PlanRule;
  readonly facts: RegexFacts;
  readonly literal: { readonly form: LiteralForm; readonly rewrite: PathRewrite } | undefined;
  readonly target: string | undefined;
}

/** What the decisions of one host need. */
interface Choice {
  readonly host: PlanHost;
  readonly options: Pick<LoweringOptions, 'profile' | 'regexHosts'>;
  readonly add: (finding: Finding) => void;
}

function memberOf(rule: PlanRule): Member {
  const { match, path, pathType } = rule.location;
  const pattern = match.kind === 'regex' ? match.pattern : match.path;
  const target = rewriteTargetOf(rule);
  const form = literalForm(path, pathType);
  const rewrite = form === undefined ? undefined : rewriteOnLiteral(target, form);
  return { rule, facts: readRegex(pattern), target, literal: form === undefined || rewrite === undefined ? undefined : { form, rewrite } };
}

/** Few names for a message: hosts may have hundreds of paths. */
function pathList(members: readonly Member[]): string {
  const shown = members.slice(0, 4).map(({ rule }) => rule.location.path);
  return members.length > shown.length ? `${shown.join(', ')} and ${String(members.length - shown.length)} more` : shown.join(', ');
}

/** The annotation that makes the host a regex host. */
function causeOf({ server }: PlanHost, prefix: string): { readonly subject: Subject; readonly key: string } {
  const { regex } = server;
  if (regex === undefined) return { subject: aboutHost(server), key: 'use-regex' };
  const key = [...regex.ingress.annotations.keys()].find((name) => name.endsWith(`/${regex.annotation}`)) ?? `${prefix}/${regex.annotation}`;
  return { subject: { object: regex.ingress.ref, origin: annotationOrigin(regex.ingress, key), annotation: key }, key };
}

function sayOnce(choice: Choice, members: readonly Member[], kind: 'literal' | 'order'): void {
  const { subject, key } = causeOf(choice.host, 'nginx.ingress.kubernetes.io');
  const common = { host: hostName(choice.host.server), paths: pathList(members) };
  const unequal = areUnequallyProtected(members.map(({ rule }) => rule));
  if (kind === 'order') choice.add(raise(codes, unequal ? 'regex-host/order-near-protection' : 'regex-host/order', subject, common));
  else choice.add(raise(codes, unequal ? 'regex-host/literal-near-protection' : 'regex-host/literal', subject, { ...common, key }));
}

function placeLiteral(choice: Choice, members: readonly Member[]): readonly PlacedRule[] {
  sayOnce(choice, members, 'literal');
  return members.flatMap(({ rule, literal }): readonly PlacedRule[] => {
    if (literal === undefined) return [];
    const { type, path } = literal.form;
    return [{ rule, path: { match: { type, value: pathText(path).value }, rewrite: literal.rewrite, closedBy: [] } }];
  });
}

const special = /[\\^$.*+?()[\]{}|]/g;

function placeRegex(choice: Choice, { rule, facts, literal, target }: Member): PlacedRule {
  const { path } = rule.location;
  const host = hostName(choice.host.server);
  const value = portableRegex(facts);
  const rewrite = rewriteOnRegex(target, value, facts.groups, literal?.form);
  if (value.length > maximumPathLength) {
    const short = `(?i)^${facts.head.slice(0, maximumPathLength / 4).replace(special, '\\$&')}.*$`;
    choice.add(raise(codes, 'path/too-long', aboutRule(rule), { host, length: String(path.length), value: short }));
    return { rule, path: { match: { type: 'RegularExpression', value: short }, rewrite, closedBy: ['path/too-long'] } };
  }
  const [construct] = facts.unsupported;
  if (construct !== undefined) choice.add(raise(codes, 'regex-host/not-portable', aboutRule(rule), { host, path, construct }));
  const closedBy = construct === undefined ? [] : ['regex-host/not-portable'];
  return { rule, path: { match: { type: 'RegularExpression', value }, rewrite, closedBy } };
}

/** Matches the empty text, and makes an expression longer. */
const padding = '(?:)';

/**
 * Gateways that rank expressions by length (measured on Envoy Gateway and Traefik) would try an alternation, which needs a longer wrapper,
 * before a location that nginx tries first, and decide ties by the names of routes: the first one is made longer.
 */
function inRankOrder(placed: readonly PlacedRule[]): readonly PlacedRule[] {
  let longest = -1;
  return placed
    .toReversed()
    .map((entry): PlacedRule => {
      const { value } = entry.path.match;
      const missing = Math.max(0, longest + 1 - value.length);
      const padded = value.replace(/\$$/u, () => `${padding.repeat(Math.ceil(missing / padding.length))}$`);
      if (missing === 0 || padded.length > maximumPathLength) {
        longest = Math.max(longest, value.length);
        return entry;
      }
      longest = padded.length;
      return { ...entry, path: { ...entry.path, match: { ...entry.path.match, value: padded } } };
    })
    .toReversed();
}

function placeRegexes(choice: Choice, members: readonly Member[]): readonly PlacedRule[] {
  if (members.length > 1 && choice.options.profile.regex.extent === 'unknown') sayOnce(choice, members, 'order');
  return inRankOrder(members.map((member) => placeRegex(choice, member)));
}

/**
 * Overlapping locations never get matches of different types, because which of a regex and a prefix wins differs between gateways. So a group
 * of them is literal as a whole (asked for, or because a prefix rewrite is all the target can do) or regex as a whole.
 */
function placeGroup(choice: Choice, members: readonly Member[]): readonly PlacedRule[] {
  const { profile, regexHosts } = choice.options;
  const wanted = regexHosts === 'literal' || (!profile.regex.captureRewrite && members.some(({ literal }) => literal?.rewrite.kind === 'prefix'));
  return wanted && members.every(({ literal }) => literal !== undefined) ? placeLiteral(choice, members) : placeRegexes(choice, members);
}

/** Matches for the locations of a regex host, in the order in which nginx tries them. */
export function placeRegexPaths(
  host: PlanHost,
  rules: readonly PlanRule[],
  options: Pick<LoweringOptions, 'profile' | 'regexHosts'>,
  add: (finding: Finding) => void,
): readonly PlacedRule[] {
  const choice: Choice = { host, options, add };
  const placed = new Map<PlanRule, PlacedRule>();
  for (const group of groupByOverlap(rules.map(memberOf), ({ facts }) => facts.head)) {
    for (const entry of placeGroup(choice, group)) placed.set(entry.rule, entry);
  }
  return rules.map((rule) => placed.get(rule)).filter((entry) => entry !== undefined);
}
