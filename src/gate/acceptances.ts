import { acceptanceText, acceptancesOf, type Acceptance } from '../diagnostics/acceptance.ts';
import { raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { codes } from './codes.ts';
import { isOver } from './days.ts';
import { readInlineAcceptances } from './inline.ts';

/** The acceptances that hold in one run. */
export interface Gate {
  readonly accepted: (finding: Finding) => boolean;
  readonly active: readonly Acceptance[];
  /** What is wrong with those that do not hold. */
  readonly findings: readonly Finding[];
}

/**
 * Joins what the command line and the configuration accept with what Ingresses accept for themselves, and leaves out what is over.
 * `today` is YYYY-MM-DD; undefined: nothing is ever over.
 */
export function openGate(ingresses: readonly Ingress[], accept: readonly Acceptance[], today: string | undefined): Gate {
  const inline = readInlineAcceptances(ingresses);
  const all = [...accept, ...inline.value];
  const active = all.filter(({ expires }) => !isOver(expires, today));
  const expired = all
    .filter(({ expires }) => isOver(expires, today))
    .map((acceptance) => raise(codes, 'acceptance/expired', acceptance.about ?? {}, { acceptance: acceptanceText(acceptance), expires: acceptance.expires ?? '' }));
  const find = acceptancesOf(active);
  return { accepted: (finding) => find(finding).length > 0, active, findings: [...inline.findings, ...expired] };
}

/** Acceptances that named no finding of the run. */
export function unusedAcceptances(active: readonly Acceptance[], findings: readonly Finding[]): readonly Acceptance[] {
  if (active.length === 0) return [];
  const find = acceptancesOf(active);
  const used = new Set(findings.flatMap(find));
  return active.filter((acceptance) => !used.has(acceptance));
}

/** Families of what a cluster says: only a run that asked it can tell whether anything of that is there to accept. */
const ofClusters: ReadonlySet<string> = new Set(['cluster', 'dry-run', 'status']);

const familyOf = ({ code }: Acceptance): string => code.slice(0, code.indexOf('/'));

/** Leaves out what was not asked: `families` are those of a cluster that the run did ask about. */
export function judged(unused: readonly Acceptance[], families: readonly string[], known: (code: string) => boolean): readonly Acceptance[] {
  return unused.filter((acceptance) => !ofClusters.has(familyOf(acceptance)) || families.includes(familyOf(acceptance)) || !known(acceptance.code));
}

/** The acceptances of such families alone. */
export function ofFamilies(active: readonly Acceptance[], families: readonly string[]): readonly Acceptance[] {
  return active.filter((acceptance) => families.includes(familyOf(acceptance)));
}

/** Findings about acceptances that accept nothing. `guess` says whether a code exists, and which one looks like it. */
export function reportUnused(unused: readonly Acceptance[], guess: (code: string) => { readonly known: boolean; readonly nearest: string | undefined }): readonly Finding[] {
  return unused.map((acceptance) => {
    const about = acceptance.about ?? {};
    const text = acceptanceText(acceptance);
    const { known, nearest } = guess(acceptance.code);
    if (known) return raise(codes, 'acceptance/unused', about, { acceptance: text });
    const hint = nearest === undefined ? '' : `; ${nearest} looks like it`;
    return raise(codes, 'acceptance/unknown-code', about, { acceptance: text, hint });
  });
}
