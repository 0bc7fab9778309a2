import type { Ingress } from '../model/ingress.ts';
import type { Finding } from './finding.ts';

export type Outcome = 'translated' | 'approximated' | 'lost' | 'inert' | 'unknown';

/** One annotation of one Ingress, and what became of it. */
export interface LedgerEntry {
  readonly ingress: Ingress;
  /** Whole key. */
  readonly key: string;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
}

/** What the annotation families know before anything is lowered. */
export interface LedgerClaim {
  readonly ingress: Ingress;
  readonly key: string;
  /** `effective`: its outcome follows from the findings that name it. */
  readonly state: 'effective' | 'inert' | 'unknown';
}

function outcomeOf(claim: LedgerClaim, findings: readonly Finding[]): Outcome {
  if (claim.state !== 'effective') return claim.state;
  if (findings.some((f) => f.entry.fidelity === 'lost')) return 'lost';
  return findings.some((f) => f.entry.fidelity === 'approximate') ? 'approximated' : 'translated';
}

/**
 * Closes the ledger: every claim gets its outcome from the findings that name the same annotation of the same object.
 * The list holds each (Ingress, annotation) exactly once, in the order of the claims.
 */
export function closeLedger(claims: readonly LedgerClaim[], findings: readonly Finding[]): readonly LedgerEntry[] {
  const byAnnotation = new Map<unknown, Map<string, Finding[]>>();
  for (const finding of findings) {
    if (finding.annotation === undefined || finding.object === undefined) continue;
    let ofObject = byAnnotation.get(finding.object);
    if (ofObject === undefined) byAnnotation.set(finding.object, (ofObject = new Map<string, Finding[]>()));
    for (const key of [finding.annotation, ...(finding.also ?? [])]) {
      const list = ofObject.get(key);
      if (list === undefined) ofObject.set(key, [finding]);
      else list.push(finding);
    }
  }
  return claims.map((claim) => {
    const own = byAnnotation.get(claim.ingress.ref)?.get(claim.key) ?? [];
    return { ingress: claim.ingress, key: claim.key, outcome: outcomeOf(claim, own), findings: own };
  });
}
