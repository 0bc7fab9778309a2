import type { Finding, Subject } from './finding.ts';

/** One loss the user accepts by name: `CODE`, or `CODE@NAMESPACE/NAME` for the findings of one object. */
export interface Acceptance {
  readonly code: string;
  readonly object: string | undefined;
  /** Why: for the people who read the configuration. */
  readonly reason?: string | undefined;
  /** Last day on which it holds, as YYYY-MM-DD; absent: for ever. */
  readonly expires?: string | undefined;
  /** Where it is written down; absent for the command line. */
  readonly about?: Subject | undefined;
}

/** As on the command line. */
export function acceptanceText({ code, object }: Acceptance): string {
  return object === undefined ? code : `${code}@${object}`;
}

interface OfCode {
  readonly everywhere: Acceptance[];
  readonly byObject: Map<string, Acceptance[]>;
}

const none: readonly Acceptance[] = [];

/** The acceptances that name a finding. Constant time a finding, however many there are. */
export function acceptancesOf(accept: readonly Acceptance[]): (finding: Finding) => readonly Acceptance[] {
  const byCode = new Map<string, OfCode>();
  for (const acceptance of accept) {
    let ofCode = byCode.get(acceptance.code);
    if (ofCode === undefined) byCode.set(acceptance.code, (ofCode = { everywhere: [], byObject: new Map<string, Acceptance[]>() }));
    if (acceptance.object === undefined) {
      ofCode.everywhere.push(acceptance);
      continue;
    }
    const same = ofCode.byObject.get(acceptance.object);
    if (same === undefined) ofCode.byObject.set(acceptance.object, [acceptance]);
    else same.push(acceptance);
  }
  return ({ code, object }) => {
    const ofCode = byCode.get(code);
    if (ofCode === undefined) return none;
    const named = object === undefined ? none : (ofCode.byObject.get(`${object.namespace}/${object.name}`) ?? none);
    return ofCode.everywhere.length === 0 ? named : [...ofCode.everywhere, ...named];
  };
}
