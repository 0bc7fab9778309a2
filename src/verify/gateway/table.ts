import { compareText } from '../../model/object.ts';
import type { JsonObject } from '../../model/gateway.ts';
import type { Attachment } from './attach.ts';
import { objectsIn } from '../../model/json.ts';
import { compareMatches, compileMatch, matchScore, type CompiledMatch, type RoutedRequest } from './match.ts';
import type { VerifyProfile } from './profile.ts';

/** A rule of a route as a listener serves it. */
export interface RuleView extends Attachment {
  readonly rule: JsonObject;
  readonly index: number;
}

export interface TableEntry {
  readonly match: CompiledMatch;
  readonly view: RuleView;
}

const matchAll: readonly JsonObject[] = [{}];

function entriesOf(attachment: Attachment, profile: VerifyProfile): readonly TableEntry[] {
  const { route } = attachment;
  return objectsIn(route.spec, 'rules').flatMap((rule, index) => {
    const stated = objectsIn(rule, 'matches');
    const view: RuleView = { ...attachment, rule, index };
    return (stated.length === 0 ? matchAll : stated).flatMap((match) => {
      const compiled = compileMatch(match, route.kind, profile);
      return compiled === undefined ? [] : [{ match: compiled, view }];
    });
  });
}

/** A match scores more on a route with a longer hostname, whether or not that is the one asked for, and in an earlier rule. */
function score({ match, view: { longestHost, route, index } }: TableEntry): number {
  return matchScore(match) + longestHost + (match.grpc ? 0 : objectsIn(route.spec, 'rules').length - index);
}

function comparePrecedence(a: TableEntry, b: TableEntry, profile: VerifyProfile): number {
  return profile.precedence === 'score' ? score(b) - score(a) : compareMatches(a.match, b.match, profile);
}

/** Equally old routes go by namespace/name, rules of one route by their order; the sort keeps the latter. */
function compareEntries(a: TableEntry, b: TableEntry, profile: VerifyProfile): number {
  const { route } = a.view;
  const { route: other } = b.view;
  return comparePrecedence(a, b, profile) || compareText(`${route.namespace}/${route.name}`, `${other.namespace}/${other.name}`);
}

/** The rules of one hostname on one listener, in the order in which they are tried. */
export function tableOf(attachments: readonly Attachment[], profile: VerifyProfile): readonly TableEntry[] {
  return attachments.flatMap((attachment) => entriesOf(attachment, profile)).sort((a, b) => compareEntries(a, b, profile));
}

export function firstMatch(table: readonly TableEntry[], request: RoutedRequest): TableEntry | undefined {
  return table.find(({ match }) => match.accepts(request));
}
