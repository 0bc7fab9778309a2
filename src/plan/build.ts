import type { CollectedIntents } from '../annotations/define.ts';
import { CATCH_ALL, type EffectiveConfiguration, type Location, type Server } from '../nginx/configuration.ts';
import { isHostname } from '../nginx/naming.ts';
import { serverIntentKinds, type Intent, type IntentKind, type ServerIntentKind } from './intents.ts';
import type { Plan, PlanHost, PlanRule, RuleId } from './plan.ts';
import { createUrlAnswers } from './url-answer.ts';

type ServerIntent = Extract<Intent, { kind: ServerIntentKind }>;
type RuleIntent = Exclude<Intent, { kind: ServerIntentKind }>;

const serverKinds: ReadonlySet<IntentKind> = new Set<IntentKind>(serverIntentKinds);
const noIntents: readonly never[] = [];
const noStreams: readonly never[] = [];

const isServerIntent = (intent: Intent): intent is ServerIntent => serverKinds.has(intent.kind);
const isRuleIntent = (intent: Intent): intent is RuleIntent => !serverKinds.has(intent.kind);

/** Location ids are unique in the configuration, so they name rules as they are. */
function ruleId(location: Location): RuleId {
  return location.id as RuleId;
}

function hostnamesOf(server: Server): readonly string[] {
  if (server.host === CATCH_ALL) return noIntents;
  if (server.aliases.length === 0) return [server.host];
  return [server.host, ...server.aliases.map(({ name }) => name).filter(isHostname)];
}

/** All intents of a location are usually of one scope, and then the list is shared, not copied. */
function ruleIntents(intents: readonly Intent[] | undefined): readonly RuleIntent[] {
  if (intents === undefined || intents.length === 0) return noIntents;
  return intents.every(isRuleIntent) ? intents : intents.filter(isRuleIntent);
}

function planHost(server: Server, collected: CollectedIntents, answered: ReturnType<typeof createUrlAnswers>): PlanHost {
  const intents = collected.byServer.get(server.host);
  const withAnswers = (own: readonly RuleIntent[]): readonly RuleIntent[] =>
    own.some(({ kind }) => kind === 'external-auth') ? own.map((intent) => (intent.kind === 'external-auth' ? answered(intent, server) : intent)) : own;
  return {
    server,
    hostnames: hostnamesOf(server),
    intents: intents === undefined ? noIntents : intents.filter(isServerIntent),
    rules: server.locations.map((location): PlanRule => ({
      id: ruleId(location),
      location,
      intents: withAnswers(ruleIntents(collected.byLocation.get(location.id))),
    })),
  };
}

/** Joins what nginx serves with what the annotations ask of it. Pure. */
export function planRoutes(configuration: EffectiveConfiguration, collected: CollectedIntents): Plan {
  const { streams = noStreams } = configuration;
  const answered = createUrlAnswers(configuration, collected);
  return { settings: configuration.settings, ...(streams.length === 0 ? {} : { streams }), hosts: configuration.servers.map((server) => planHost(server, collected, answered)) };
}
