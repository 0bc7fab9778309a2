import type { Finding } from '../diagnostics/finding.ts';
import type { LedgerClaim } from '../diagnostics/ledger.ts';
import type { Intent } from '../plan/intents.ts';

/** What an annotation that no family owns comes to. */
export interface FallbackReading {
  readonly state: LedgerClaim['state'];
  /** On every location of the Ingress. */
  readonly intents: readonly Intent[];
  readonly findings: readonly Finding[];
}
