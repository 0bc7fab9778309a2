import type { Finding } from '../../diagnostics/finding.ts';
import { compareText, type ObjectRef } from '../../model/object.ts';
import type { EffectiveConfiguration } from '../../nginx/configuration.ts';
import type { ProbeRequest } from '../outcome.ts';
import { explanations, type Explanation, type Scope } from './explanations.ts';
import { createInvolvement, type Involved } from './involved.ts';

interface Candidate {
  readonly finding: Finding;
  readonly explanation: Explanation;
}

function explainsAspect({ aspects }: Explanation, aspect: string): boolean {
  return aspects.some((pattern) => (pattern.endsWith('*') ? aspect.startsWith(pattern.slice(0, -1)) : pattern === aspect));
}

/** Of no object, or of the controller's ConfigMap: it has to do with every request. */
function isAboutRun({ object }: Finding): boolean {
  return object === undefined || object.kind === 'ConfigMap';
}

/** Findings that can explain anything at all, by what they are about. */
function candidatesByObject(findings: readonly Finding[]): ReadonlyMap<ObjectRef | undefined, readonly Candidate[]> {
  const byObject = new Map<ObjectRef | undefined, Candidate[]>();
  for (const finding of findings) {
    for (const explanation of [explanations[finding.code] ?? []].flat()) {
      const key = explanation.scope === 'run' || isAboutRun(finding) ? undefined : finding.object;
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

/** Who explains least explains best: a finding about one thing goes before one that could have caused anything. */
function narrowest(candidates: readonly Candidate[]): readonly Candidate[] {
  const fewest = Math.min(...candidates.map(({ explanation }) => explanation.aspects.length));
  return candidates.filter(({ explanation }) => explanation.aspects.length === fewest);
}

function nearEnough(scope: Scope, { finding }: Candidate, involved: Involved): boolean {
  if (scope === 'run') return true;
  const { object } = finding;
  if (object === undefined || isAboutRun(finding)) return true;
  if (scope === 'host') return involved.host.has(object);
  return involved.location.has(object) && isAboutLocation(finding, involved);
}

/**
 * Codes of the findings that answer for a divergence: about an Ingress that has to do with the request, and about what differs.
 * Every aspect needs one; if any is left over the divergence counts as unexplained and the list is empty.
 */
export function createExplainer(configuration: EffectiveConfiguration, findings: readonly Finding[]): (request: ProbeRequest, aspects: readonly string[]) => readonly string[] {
  const byObject = candidatesByObject(findings);
  const involvement = createInvolvement(configuration);
  return (request, aspects) => {
    const involved = involvement(request);
    const near = [undefined, ...involved.location, ...involved.host].flatMap((ref) => byObject.get(ref) ?? []);
    const usable = near.filter((candidate) => {
      const { scope, when, defaultCertificate, unknownHost } = candidate.explanation;
      if ((defaultCertificate === true && !involved.defaultCertificate) || (unknownHost === true && !involved.unknownHost)) return false;
      return nearEnough(scope, candidate, involved) && (when === undefined || when(request, candidate.finding.args));
    });
    const codes = new Set<string>();
    for (const aspect of aspects) {
      const answering = narrowest(usable.filter(({ explanation }) => explainsAspect(explanation, aspect)));
      if (answering.length === 0) return [];
      for (const { finding } of answering) codes.add(finding.code);
    }
    return [...codes].sort(compareText);
  };
}
