import type { Finding } from '../diagnostics/finding.ts';
import type { GatewayObject } from '../model/gateway.ts';
import type { Inventory } from '../model/inventory.ts';
import type { EffectiveConfiguration } from '../nginx/configuration.ts';
import { compareOutcomes } from './compare/aspects.ts';
import { createExplainer } from './compare/explain.ts';
import { strangers } from './compare/strangers.ts';
import { createGatewayEvaluator } from './gateway/evaluate.ts';
import type { VerifyProfile } from './gateway/profile.ts';
import { nginxAnswers } from './nginx/answers.ts';
import type { Divergence, ProbeRequest } from './outcome.ts';

/** What became of the requests of one run. */
export interface Verification {
  readonly requests: number;
  readonly equal: number;
  /** In the order of the requests. */
  readonly divergences: readonly Divergence[];
}

/** The two sides, and what may answer for differences between them. */
export interface VerifyInput {
  readonly configuration: EffectiveConfiguration;
  /** What surrounds the Ingresses: ConfigMaps that they name for response headers, Services, and the names of what Secrets hold. */
  readonly inventory: Pick<Inventory, 'configMaps' | 'secrets' | 'services'>;
  readonly objects: readonly GatewayObject[];
  readonly profile: VerifyProfile;
  readonly findings: readonly Finding[];
  /** Whether a loss was accepted by name. Absent: none was. */
  readonly accepted?: (finding: Finding) => boolean;
}

/** Answers every request from both sides and explains where the answers differ. Pure, and shares no code with the conversion. */
export function verifyRequests({ configuration, inventory, objects, profile, findings, accepted }: VerifyInput, requests: readonly ProbeRequest[]): Verification {
  const evaluateGateway = createGatewayEvaluator(objects, profile, inventory.services);
  const nginx = nginxAnswers(configuration, inventory);
  const strange = strangers(configuration);
  const explain = createExplainer(configuration, findings, accepted);
  const divergences: Divergence[] = [];
  for (const request of requests) {
    const after = evaluateGateway(request);
    const before = nginx(request, after);
    const aspects = [...compareOutcomes(request, before, after), ...strange(after)];
    if (aspects.length > 0) divergences.push({ request, before, after, aspects, explainedBy: explain(request, aspects, { before, after, nginx, profile }) });
  }
  return { requests: requests.length, equal: requests.length - divergences.length, divergences };
}
