import type { Json } from '../model/gateway.ts';
import type { ObjectRef } from '../model/object.ts';
import type { Report, ReportedFinding } from './define.ts';

export interface ReportedChange {
  readonly aspect: string;
  readonly hosts: readonly string[];
  readonly matches: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly text: string;
  /** Codes of the findings of the conversion that it follows from; empty: no cause is known. */
  readonly knownBy: readonly string[];
}

/** One object of the conversion against what exists, or (extra) one that exists beside it. */
export interface ReportedDifference {
  readonly status: 'added' | 'changed' | 'unchanged' | 'extra' | 'unknown';
  readonly object: ObjectRef | undefined;
  readonly existing: readonly ObjectRef[];
  readonly matchedBy: 'name' | 'meaning';
  readonly changes: readonly ReportedChange[];
  /** Every change follows from a finding. */
  readonly known: boolean;
  /** Unified; '' for unchanged and extra objects. */
  readonly patch: string;
}

/** What the conversion gives against what exists. */
export interface Differences {
  readonly tool: Report['tool'];
  readonly target: Report['target'];
  readonly objects: readonly ReportedDifference[];
  /** About what exists: its status, and what could not be read. */
  readonly findings: readonly ReportedFinding[];
  /** Known differences are not shown and do not count. */
  readonly hideKnown: boolean;
}

export interface DifferenceCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly extra: number;
  readonly unknown: number;
  /** Changed objects whose every change follows from a finding. */
  readonly known: number;
}

export function differenceCounts({ objects }: Pick<Differences, 'objects'>): DifferenceCounts {
  const count = (status: ReportedDifference['status']): number => objects.filter((object) => object.status === status).length;
  return {
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    extra: count('extra'),
    unknown: count('unknown'),
    known: objects.filter(({ known }) => known).length,
  };
}

const differs: ReadonlySet<string> = new Set(['added', 'changed', 'extra']);

/** Objects that differ, without those that are known when these are hidden; of the others, without their known changes. */
export function shownDifferences({ objects, hideKnown }: Pick<Differences, 'objects' | 'hideKnown'>): readonly ReportedDifference[] {
  const shown = objects.filter(({ status, known }) => differs.has(status) && !(hideKnown && known));
  return hideKnown ? shown.map((object) => ({ ...object, changes: object.changes.filter(({ knownBy }) => knownBy.length === 0) })) : shown;
}
