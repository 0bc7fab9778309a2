import type { Finding } from '../../diagnostics/finding.ts';
import { compareText, type ObjectRef } from '../../model/object.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import type { EffectiveConfiguration } from '../../nginx/configuration.ts';
import type { VerifyProfile } from '../gateway/profile.ts';
import type { NginxAnswers } from '../nginx/answers.ts';
import type { ProbeOutcome, ProbeRequest } from '../outcome.ts';
import { compareOutcomes } from './aspects.ts';
import { isOneOf, isUnusual } from './conditions.ts';
import { elsewhere, isAnsweredUnrouted, type Reach } from './elsewhere.ts';
import { explanations, type Explanation } from './explanations.ts';
import { createInvolvement, type Involved, type Involvement } from './involved.ts';

interface Candidate {
  readonly finding: Finding;
  readonly explanation: Explanation;
}

/** What both sides answered, and what nginx would answer elsewhere. */
export interface Sides {
  readonly before: ProbeOutcome;
  readonly after: ProbeOutcome;
  readonly nginx: NginxAnswers;
  readonly profile: VerifyProfile;
}

/** One request with what is known of it. */
interface Case {
  readonly request: ProbeRequest;
  readonly involved: Involved;
  readonly before: ProbeOutcome | undefined;
  readonly after: ProbeOutcome | undefined;
}

function covers({ aspects }: Pick<Explanation, 'aspects'>, aspect: string): boolean {
  return aspects.some((pattern) => (pattern.endsWith('*') ? aspect.startsWith(pattern.slice(0, -1)) : pattern === aspect));
}

/** Of no object, or of the controller's ConfigMap: it has to do with every request. */
function isAboutRun({ object }: Finding): boolean {
  return object === undefined || object.kind === 'ConfigMap';
}

/** Findings that can explain anything at all, by what they are about. */
function candidatesByObject(findings: readonly Finding[], isAccepted: (finding: Finding) => boolean): ReadonlyMap<ObjectRef | undefined, readonly Candidate[]> {
  const byObject = new Map<ObjectRef | undefined, Candidate[]>();
  for (const finding of findings) {
    for (const explanation of [explanations[finding.code] ?? []].flat()) {
      const key = explanation.scope === 'run' || isAboutRun(finding) ? undefined : finding.object;
      if (explanation.accepted === true && !isAccepted(finding)) continue;
      const known = byObject.get(key);
      if (known === undefined) byObject.set(key, [{ finding, explanation }]);
      else known.push({ finding, explanation });
    }
  }
  return byObject;
}

/** A finding that names a path is about the location of that path alone. */
function isAboutLocation({ args }: Finding, { chosen }: Involved): boolean {
  return args['path'] === undefined || chosen === undefined || args['path'] === chosen.path;
}

/** A finding that names a host is about the server of that name; where it sends requests elsewhere, about each that could take them. */
function isAboutHost({ finding: { args, object }, explanation: { reach } }: Candidate, { servers, server, own, host }: Involved): boolean {
  const near = reach === undefined && server !== undefined;
  if (object === undefined || !(near ? own : host).has(object)) return false;
  return args['host'] === undefined || isOneOf(near ? [server] : servers, args['host']);
}

/** Who explains least explains best: a finding about one thing goes before one that could have caused anything. */
function narrowest(candidates: readonly Candidate[]): readonly Candidate[] {
  const fewest = Math.min(...candidates.map(({ explanation }) => explanation.aspects.length));
  return candidates.filter(({ explanation }) => explanation.aspects.length === fewest);
}

function nearEnough(candidate: Candidate, involved: Involved): boolean {
  const { finding, explanation: { scope } } = candidate;
  if (scope === 'run') return true;
  const { object } = finding;
  if (object === undefined || isAboutRun(finding)) return true;
  if (scope === 'host') return isAboutHost(candidate, involved);
  return involved.location.has(object) && isAboutLocation(finding, involved);
}

function isUsable(candidate: Candidate, { request, involved, before, after }: Case): boolean {
  const { when, defaultCertificate, unknownHost } = candidate.explanation;
  if ((defaultCertificate === true && !involved.defaultCertificate) || (unknownHost === true && !involved.unknownHost)) return false;
  return nearEnough(candidate, involved) && (when === undefined || when({ request, args: candidate.finding.args, involved, before, after }));
}

/** The gateway sends on the path that it read. */
const pathOnly = { aspects: ['path', 'location path', 'location slash'] };

/** It leaves the request where it ended in nginx. */
const isDirect = ({ explanation }: Candidate): boolean => explanation.reach === undefined;

type Near = (one: Case) => readonly Candidate[];

/** Whether the outcome is that of one of the places within reach, but for what is said of that place. */
function isAtHome(one: Case, sides: Sides, reach: ReadonlySet<Reach>, near: Near, involvement: Involvement, settings: ControllerSettings): boolean {
  const { request, involved } = one;
  const { after, nginx, profile } = sides;
  if (reach.has('nowhere') && after.kind === 'answered' && (after.status === 0 || after.status === 404)) return true;
  if (reach.has('paths') && isAnsweredUnrouted(request, after, profile)) return true;
  const unusual = reach.has('paths') && isUnusual(request);
  const servers = reach.has('hosts') ? involved.servers : involved.servers.filter((server) => server === involved.server);
  for (const other of elsewhere(request, servers, reach, profile, settings)) {
    const before = nginx(other.request, after, other.place);
    const aspects = compareOutcomes(other.request, before, after).filter((aspect) => (other.samePath && !unusual) || !covers(pathOnly, aspect));
    if (aspects.length === 0) return true;
    const direct = near({ request: other.request, before, after, involved: involvement(other.request, other.place) }).filter(isDirect);
    if (aspects.every((aspect) => direct.some((candidate) => covers(candidate.explanation, aspect)))) return true;
  }
  return false;
}

/**
 * Codes of the findings that answer for a divergence: about an Ingress that has to do with the request, and about what differs.
 * Every aspect needs one; if any is left over the divergence counts as unexplained and the list is empty. So it does where a request is said to end elsewhere, and
 * nginx has no place that answers as the gateway does. Without `sides` only what differs is known.
 */
export type Explain = (request: ProbeRequest, aspects: readonly string[], sides?: Sides) => readonly string[];

/** @param isAccepted whether a loss was accepted by name: its rules are open */
export function createExplainer(configuration: EffectiveConfiguration, findings: readonly Finding[], isAccepted: (finding: Finding) => boolean = () => false): Explain {
  const byObject = candidatesByObject(findings, isAccepted);
  const involvement = createInvolvement(configuration);
  const near: Near = (one) => [undefined, ...new Set([...one.involved.location, ...one.involved.host, ...one.involved.own])].flatMap((ref) => byObject.get(ref) ?? []).filter((candidate) => isUsable(candidate, one));
  return (request, aspects, sides) => {
    const one: Case = { request, involved: involvement(request), before: sides?.before, after: sides?.after };
    const usable = near(one);
    const codes = new Set<string>();
    let moved = false;
    for (const aspect of aspects) {
      const answering = usable.filter((candidate) => covers(candidate.explanation, aspect));
      const direct = answering.filter(isDirect);
      if (answering.length === 0) return [];
      if (direct.length === 0) moved = true;
      for (const { finding } of narrowest(direct.length > 0 ? direct : answering)) codes.add(finding.code);
    }
    if (moved && sides !== undefined && !isAtHome(one, sides, new Set(usable.flatMap(({ explanation }) => explanation.reach ?? [])), near, involvement, configuration.settings)) return [];
    return [...codes].sort(compareText);
  };
}
