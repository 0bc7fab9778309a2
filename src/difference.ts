import { createTwoFilesPatch } from 'diff';
import type { Finding } from './diagnostics/finding.ts';
import { causesOf, type RuleOrigin } from './live/causes.ts';
import { compareObjects, type CompareOptions, type ObjectDifference } from './live/compare.ts';
import { shownObjects } from './live/shown.ts';
import type { GatewayObject } from './model/gateway.ts';
import type { ObjectRef } from './model/object.ts';
import type { Migration } from './pipeline.ts';
import type { ReportedChange, ReportedDifference } from './report/differences.ts';

/** What exists, and what is not known of it. */
export interface ExistingObjects {
  readonly objects: readonly GatewayObject[];
  readonly isUnread?: CompareOptions['isUnread'];
}

/** One object, on both sides, as texts that differ only in what counts. */
export interface DifferenceTexts {
  readonly before: string;
  readonly after: string;
}

export interface Difference {
  readonly reported: ReportedDifference;
  readonly texts: DifferenceTexts;
}

const nameOf = ({ kind, namespace, name }: ObjectRef): string => `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;

function originsOf({ routes }: Migration): ReadonlyMap<string, readonly RuleOrigin[]> {
  return new Map(
    routes.map(({ object, namespace, rules }) => [
      `${object.kind} ${namespace}/${object.metadata.name}`,
      rules.map(({ rule: { closedBy, ingresses } }): RuleOrigin => ({ closedBy, ingresses: new Set(ingresses.map(({ ref }) => ref)) })),
    ]),
  );
}

/** Objects that state no namespace are where the user or the cluster's context says, or where the others are. */
export function namespaceFor(migration: Migration, existing: readonly GatewayObject[], stated: string | undefined): string {
  if (stated !== undefined) return stated;
  const [own, theirs] = [migration.objects, existing].map((objects) => [...new Set(objects.map(({ metadata }) => metadata.namespace).filter((namespace) => namespace !== undefined))]);
  if (own?.length === 0 && theirs?.length === 1) return theirs[0] ?? 'default';
  return 'default';
}


function patchOf({ status, desired, existing }: ObjectDifference, { before, after }: DifferenceTexts): string {
  if (desired === undefined || (status !== 'added' && status !== 'changed')) return '';
  const old = existing.length === 0 ? '/dev/null' : `existing ${existing.map(({ ref }) => nameOf(ref)).join(', ')}`;
  const patch = createTwoFilesPatch(old, `converted ${nameOf(desired.ref)}`, before, after, undefined, undefined, { context: 3 });
  return patch.slice(patch.indexOf('--- '));
}

function reportedOf(difference: ObjectDifference, texts: DifferenceTexts, origins: readonly RuleOrigin[], findings: readonly Finding[]): ReportedDifference {
  const { status, desired, existing, by } = difference;
  const changes = difference.changes.map((change): ReportedChange => ({ ...change, knownBy: causesOf(change, origins, findings) }));
  return {
    status,
    object: desired?.ref,
    existing: existing.map(({ ref }) => ref),
    matchedBy: by,
    changes,
    known: changes.length > 0 && changes.every(({ knownBy }) => knownBy.length > 0),
    patch: patchOf(difference, texts),
  };
}

/** What the conversion gives against what exists. The same migration and objects give the same result. */
export async function differencesOf(migration: Migration, existing: ExistingObjects, namespace: string): Promise<readonly Difference[]> {
  const { renderYaml } = await import('./render/yaml.ts');
  const origins = originsOf(migration);
  return compareObjects(migration.objects, existing.objects, { namespace, isUnread: existing.isUnread }).map((difference): Difference => {
    const { before, after } = shownObjects(difference);
    const texts: DifferenceTexts = { before: renderYaml(before), after: renderYaml(after) };
    const { desired } = difference;
    const ofRoute = desired === undefined ? [] : (origins.get(`${desired.kind} ${desired.namespace}/${desired.name}`) ?? []);
    return { reported: reportedOf(difference, texts, ofRoute, migration.findings), texts };
  });
}
