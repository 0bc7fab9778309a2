import type { CodeTable, Finding } from '../diagnostics/finding.ts';
import type { LedgerClaim } from '../diagnostics/ledger.ts';
import type { Ingress } from '../model/ingress.ts';
import type { Inventory } from '../model/inventory.ts';
import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { EffectiveConfiguration, Location, Server } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { AnnotationUse, Intent, IntentKind } from '../plan/intents.ts';

/** An annotation that is present on the Ingress. */
export interface PresentAnnotation extends AnnotationUse {
  /** As written: never trimmed. */
  readonly raw: string;
}

/** What a family sees of one Ingress. Reading a key outside `keys` is a type error, so nothing is read without being claimed. */
export interface FamilyInput<K extends AnnotationName> {
  readonly ingress: Ingress;
  readonly settings: ControllerSettings;
  readonly inventory: Inventory;
  /** The annotation under the controller's prefix; undefined when absent. */
  readonly get: (name: K) => PresentAnnotation | undefined;
}

/** What a family makes of one Ingress: read once, applied to each of its locations and hosts. */
export interface FamilyReading {
  /** On every location of the Ingress, the automatic `/` included. */
  readonly intents?: readonly Intent[];
  /** On each location of the Ingress, when the result depends on the location; called once per location. */
  readonly forLocation?: (location: Location, server: Server) => LocationReading;
  /** On locations of its hosts that no Ingress owns, as the `/` of unknown hosts: what stands in the server block acts there too. */
  readonly forUnowned?: (location: Location, server: Server) => LocationReading;
  /** On each server whose first Ingress (see `serverScope`) this is. */
  readonly forServer?: (server: Server, configuration: EffectiveConfiguration) => LocationReading;
  /** Keys whose effect the effective configuration already holds (use-regex, canary, server-alias). */
  readonly structural?: readonly string[];
  /** Keys that had no effect under nginx either; the reason is a finding of fidelity `exact` that names the key. */
  readonly inert?: readonly string[];
  readonly findings?: readonly Finding[];
}

export interface LocationReading {
  readonly intents: readonly Intent[];
  readonly findings?: readonly Finding[];
  /** Keys whose effect here is that nothing is added (ssl-redirect "false" on a TLS host). */
  readonly structural?: readonly string[];
}

/** One annotation family: one file, one registry line, one fixture folder of the same name. */
export interface AnnotationFamily<K extends AnnotationName = AnnotationName> {
  readonly id: string;
  readonly keys: readonly K[];
  readonly codes: CodeTable;
  /** Read Ingresses that carry none of the keys too, because absence has a meaning (ssl-redirect defaults to on). */
  readonly implicit?: boolean;
  /** Which Ingress of a host speaks for `forServer`: the first that yields an intent (default), or each of them. */
  readonly serverScope?: 'first' | 'any';
  /** Kinds of the intents that its keys can give: `explain` shows what each target makes of them. A law test compares them with what fixtures give. */
  readonly intents?: readonly IntentKind[];
  /** Kinds that single names ask for, where they differ from `intents`. */
  readonly asks?: Readonly<Partial<Record<AnnotationName, readonly IntentKind[]>>>;
  /** Names whose effect is in the hosts and paths of the routes themselves, so that they ask for nothing more. */
  readonly shapes?: readonly K[];
  /** For `explain`: what nginx does, what the Gateway API has, what is lost. Plain sentences. */
  readonly docs: { readonly nginx: string; readonly gateway: string; readonly loss: string };
  /** For `explain`: what single names do, where they differ. Whole sentences. */
  readonly meanings?: Readonly<Partial<Record<AnnotationName, string>>>;
  readonly read: (input: FamilyInput<K>) => FamilyReading;
}

/** Keeps the key names literal, then forgets them so that families of different keys share a registry. */
export function defineFamily<const K extends AnnotationName>(family: AnnotationFamily<K>): AnnotationFamily {
  return family;
}

/** Result of the stage. */
export interface CollectedIntents {
  /** By Location.id. */
  readonly byLocation: ReadonlyMap<string, readonly Intent[]>;
  /** By Server.host. */
  readonly byServer: ReadonlyMap<string, readonly Intent[]>;
  /** One per annotation of every selected Ingress. */
  readonly claims: readonly LedgerClaim[];
  readonly findings: readonly Finding[];
}
