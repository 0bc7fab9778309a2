import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { LedgerClaim } from '../diagnostics/ledger.ts';
import type { Ingress } from '../model/ingress.ts';
import type { Server } from '../nginx/configuration.ts';
import type { Intent } from '../plan/intents.ts';
import { codes } from './codes.ts';

/** What the families said about one annotation of one Ingress, gathered over all its locations and hosts. */
export interface KeyFate {
  /** Behind an intent that reached a location or a host, or already part of the effective configuration. */
  used: boolean;
  /** A family gave the reason why it has no effect. */
  explained: boolean;
}

export interface Settled {
  readonly state: LedgerClaim['state'];
  readonly findings: readonly Finding[];
}

const effective: Settled = { state: 'effective', findings: [] };
const inert: Settled = { state: 'inert', findings: [] };

/** The claim of one annotation. Nothing said at all is the one case that is a bug, and it is said aloud. */
export function settle(ingress: Ingress, key: string, fate: KeyFate, place: { readonly canary: boolean; readonly attached: boolean }): Settled {
  if (fate.used) return effective;
  if (fate.explained) return inert;
  const subject = aboutAnnotation(ingress, key);
  const args = { annotation: key, ingress: ingress.ref.name };
  if (place.attached && ingress.rules.length === 0) return { state: 'inert', findings: [raise(codes, 'annotation/no-rules', subject, args)] };
  if (place.attached) return { state: 'effective', findings: [raise(codes, 'annotation/unaccounted', subject, args)] };
  const finding = place.canary ? raise(codes, 'canary/not-attached', subject, args) : raise(codes, 'annotation/no-location', subject, args);
  return { state: 'inert', findings: [finding] };
}

/** What is said of annotations whose host another Ingress already speaks for. */
export function takenHost(ingress: Ingress, intents: readonly Intent[], server: Server, speaker: Ingress): readonly Finding[] {
  const keys = new Set<string>();
  for (const { from } of intents) for (const use of from) if (use.ingress === ingress) keys.add(use.key);
  const other = `${speaker.ref.namespace}/${speaker.ref.name}`;
  return [...keys].map((key) => raise(codes, 'annotation/host-level-taken', aboutAnnotation(ingress, key), { annotation: key, host: server.host, other }));
}
