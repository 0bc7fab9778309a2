import { raise, type Finding } from '../diagnostics/finding.ts';
import type { GatewayObject } from '../model/gateway.ts';
import type { ObjectRef } from '../model/object.ts';
import type { Profile } from '../targets/profile.ts';
import { loadCheckers, typeOf } from './checkers.ts';
import { codes } from './codes.ts';
import { closedRuleProblems } from './closed-rules.ts';
import { indexObjects } from './object-index.ts';
import { referenceProblems } from './references.ts';

function refOf({ apiVersion, kind, metadata: { namespace = '', name } }: GatewayObject): ObjectRef {
  return { apiVersion, kind, namespace, name };
}

function nameOf({ kind, metadata: { namespace, name } }: GatewayObject): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/**
 * Judges the output as an API server with the CRDs of the profile's release and channel would (schema, then CEL rules and list keys),
 * and asks of references what a gateway would ask. Every finding is a bug of gwmigrate; the list is empty otherwise.
 * Kinds of APIs without vendored CRDs are judged by their metadata and references alone.
 */
export async function validateObjects(objects: readonly GatewayObject[], profile: Profile): Promise<readonly Finding[]> {
  const checkers = await loadCheckers(objects, profile);
  const findings: Finding[] = [];
  const sound: GatewayObject[] = [];
  for (const object of objects) {
    const checker = checkers.get(typeOf(object));
    if (checker === undefined) continue;
    const subject = { object: refOf(object) };
    if (checker.unserved) {
      findings.push(raise(codes, 'internal/unserved-kind', subject, { object: nameOf(object), type: typeOf(object), release: checker.release }));
      continue;
    }
    const problems = checker.check(object);
    for (const { path, message } of problems) {
      findings.push(raise(codes, 'internal/invalid-output', subject, { object: nameOf(object), path, problem: message, release: checker.release }));
    }
    if (problems.length === 0) sound.push(object);
  }
  return [...findings, ...relationFindings(objects, sound)];
}

/** References can be followed only where the objects have the shape that their schema gives them. */
function relationFindings(objects: readonly GatewayObject[], sound: readonly GatewayObject[]): readonly Finding[] {
  const index = indexObjects(objects);
  return [
    ...index.repeated.map((object) => raise(codes, 'internal/duplicate-object', { object: refOf(object) }, { object: nameOf(object) })),
    ...referenceProblems(index, sound).map(({ object, path, message }) =>
      raise(codes, 'internal/broken-reference', { object: refOf(object) }, { object: nameOf(object), path, problem: message }),
    ),
    ...closedRuleProblems(sound).map(({ object, path }) => raise(codes, 'internal/closed-rule-forwards', { object: refOf(object) }, { object: nameOf(object), path })),
  ];
}
