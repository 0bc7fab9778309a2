import type { Finding } from './diagnostics/finding.ts';
import type { GatewayObject } from './model/gateway.ts';
import type { Inventory } from './model/inventory.ts';
import type { Migration } from './pipeline.ts';
import type { Verified } from './report/define.ts';
import { verifyProfileOf } from './verify/gateway/profile.ts';
import { generateRequests } from './verify/requests/generate.ts';
import { verifyRequests } from './verify/verify.ts';

export interface VerificationOptions {
  /** At most so many requests. */
  readonly requests: number;
  /** Which requests are left out where the limit leaves some out; 0 when absent. */
  readonly seed?: number | undefined;
  /** Routes of another origin, in place of the migration's own. */
  readonly routes?: readonly GatewayObject[] | undefined;
}

/**
 * What may answer for the differences of routes that the conversion did not write: what the Gateway API or the implementation does unasked.
 * A loss that the conversion declares says nothing about them.
 */
const isOfTheApi = ({ entry }: Finding): boolean => entry.fidelity !== 'lost' && entry.risk !== 'security';

/** Compares what nginx serves with what the objects serve. The same migration and options give the same result. */
export function verifyMigration({ configuration, objects, findings, profile, accepted }: Migration, inventory: Pick<Inventory, 'configMaps' | 'secrets' | 'services'>, { requests, seed, routes }: VerificationOptions): Verified {
  const namespaces = [...new Set(configuration.ingresses.map(({ ref }) => ref.namespace))];
  const namespace = namespaces.length === 1 ? namespaces[0] : undefined;
  const { divergences, ...counts } = verifyRequests(
    {
      configuration,
      inventory,
      objects: routes ?? objects,
      profile: verifyProfileOf(profile.target, namespace),
      accepted,
      findings: routes === undefined ? findings : findings.filter((finding) => isOfTheApi(finding) || finding.code.startsWith('default/')),
    },
    generateRequests(configuration, requests, seed),
  );
  return { ...counts, divergences };
}
