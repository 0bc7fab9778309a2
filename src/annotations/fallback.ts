import type { Finding } from '../diagnostics/finding.ts';
import type { LedgerClaim } from '../diagnostics/ledger.ts';
import type { Ingress } from '../model/ingress.ts';
import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { Intent } from '../plan/intents.ts';

/** What an annotation that no family owns comes to. */
export interface FallbackReading {
  readonly state: LedgerClaim['state'];
  /** On every location of the Ingress. */
  readonly intents: readonly Intent[];
  readonly findings: readonly Finding[];
}

/** An annotation of ingress-nginx that no family translates. */
export interface UntranslatedAnnotation {
  /** Without the prefix. */
  readonly name: AnnotationName;
  /** Whole key. */
  readonly key: string;
  /** As written. */
  readonly raw: string;
}

/** Reads an annotation ingress-nginx knows and no family owns. */
export function readUntranslated(ingress: Ingress, annotation: UntranslatedAnnotation, settings: ControllerSettings): FallbackReading {
  void settings;
  const from = [{ ingress, key: annotation.key }];
  return { state: 'effective', intents: [{ kind: 'untranslated', from, annotation: annotation.name, value: annotation.raw, risk: 'none' }], findings: [] };
}

/** Reads an annotation ingress-nginx does not know: an invented or misspelt name, or one that another program reads. */
export function readForeign(ingress: Ingress, key: string, raw: string, settings: ControllerSettings): FallbackReading {
  void ingress, key, raw, settings;
  return { state: 'inert', intents: [], findings: [] };
}
