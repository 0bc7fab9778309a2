import type { Server, Location } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { StreamService } from '../nginx/configuration.ts';
import type { Intent, ServerIntentKind } from './intents.ts';

/** Stable name of a rule through all later stages; never an array position. */
export type RuleId = string & { readonly __brand: 'RuleId' };

/** Vendor-neutral: hosts -> rules -> intents. */
export interface Plan {
  readonly settings: ControllerSettings;
  readonly hosts: readonly PlanHost[];
  /** TCP and UDP ports that are passed through; absent: none. */
  readonly streams?: readonly StreamService[];
}

export interface PlanHost {
  readonly server: Server;
  /** Hostnames the Gateway API can state: the host and its exact or wildcard aliases; [] for the catch-all. */
  readonly hostnames: readonly string[];
  readonly intents: readonly Extract<Intent, { kind: ServerIntentKind }>[];
  /** In the order of `server.locations`. */
  readonly rules: readonly PlanRule[];
}

export interface PlanRule {
  readonly id: RuleId;
  readonly location: Location;
  readonly intents: readonly Exclude<Intent, { kind: ServerIntentKind }>[];
}
