import { collectIntents } from '../../src/annotations/collect.ts';
import type { AnnotationFamily } from '../../src/annotations/define.ts';
import { closeLedger } from '../../src/diagnostics/ledger.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { EffectiveConfiguration } from '../../src/nginx/configuration.ts';
import type { Intent } from '../../src/plan/intents.ts';
import { inventory } from './nginx-model.ts';

/** An intent without its `from`, which is asserted through the ledger. `toEqual` passes over what is undefined. */
type Bare = { readonly kind: Intent['kind']; readonly from: undefined; readonly setting: undefined };

function bare(intent: Intent): Bare {
  return { ...intent, from: undefined, setting: undefined };
}

export interface Collected {
  /** By `host path`. */
  readonly locations: Readonly<Record<string, readonly Bare[]>>;
  readonly servers: Readonly<Record<string, readonly Bare[]>>;
  /** `Ingress name/annotation without prefix: outcome code code`. */
  readonly ledger: readonly string[];
  /** Codes of all findings, sorted, each once. */
  readonly codes: readonly string[];
}

/** What the stage makes of a hand-made configuration, in a form that reads well in a test. */
export function collect(configuration: EffectiveConfiguration, services: Inventory = inventory(), families?: readonly AnnotationFamily[]): Collected {
  const { byLocation, byServer, claims, findings } = collectIntents(configuration, services, families);
  const locations = configuration.servers.flatMap(({ host, locations: own }) =>
    own.map(({ id, path }) => [`${host} ${path}`, (byLocation.get(id) ?? []).map(bare)] as const),
  );
  return {
    locations: Object.fromEntries(locations),
    servers: Object.fromEntries([...byServer].map(([host, intents]) => [host, intents.map(bare)])),
    ledger: closeLedger(claims, findings).map((entry) =>
      [`${entry.ingress.ref.name}/${entry.key.replace('nginx.ingress.kubernetes.io/', '')}: ${entry.outcome}`, ...new Set(entry.findings.map(({ code }) => code))].join(' '),
    ),
    codes: [...new Set(findings.map(({ code }) => code))].sort(),
  };
}
