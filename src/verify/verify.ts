import type { Finding } from '../diagnostics/finding.ts';
import type { GatewayObject } from '../model/gateway.ts';
import type { Inventory } from '../model/inventory.ts';
import type { EffectiveConfiguration } from '../nginx/configuration.ts';
import { compareOutcomes } from './compare/aspects.ts';
import { createExplainer } from './compare/explain.ts';
import { strangers } from './compare/strangers.ts';
import { createGatewayEvaluator } from './gateway/evaluate.ts';
import type { VerifyProfile } from './gateway/profile.ts';
import { customHeaders } from './nginx/custom-headers.ts';
import { controllerHeaders } from './nginx/controller-headers.ts';
import { evaluateNginx } from './nginx/evaluate.ts';
import { implicitHeaders } from './nginx/implicit-headers.ts';
import { passThrough } from './nginx/passthrough.ts';
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
}

/** Answers every request from both sides and explains where the answers differ. Pure, and shares no code with the conversion. */
export function verifyRequests({ configuration, inventory, objects, profile, findings }: VerifyInput, requests: readonly ProbeRequest[]): Verification {
  const { configMaps, services } = inventory;
  const evaluateGateway = createGatewayEvaluator(objects, profile, services);
  const unopened = passThrough(configuration);
  const withHeaders = customHeaders(configuration, configMaps);
  const withCommonHeaders = controllerHeaders(configuration.settings, configMaps);
  const withImplicit = implicitHeaders(configuration.settings);
  const strange = strangers(configuration);
  const explain = createExplainer(configuration, findings);
  const divergences: Divergence[] = [];
  for (const request of requests) {
    const after = evaluateGateway(request);
    const before = unopened(request) ?? withImplicit(request, withHeaders(request, withCommonHeaders(evaluateNginx(configuration, request, inventory))), after);
    const aspects = [...compareOutcomes(before, after), ...strange(after)];
    if (aspects.length > 0) divergences.push({ request, before, after, aspects, explainedBy: explain(request, aspects) });
  }
  return { requests: requests.length, equal: requests.length - divergences.length, divergences };
}
