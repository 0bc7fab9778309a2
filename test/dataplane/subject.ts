import { convert } from '../../src/convert.ts';
import type { GatewayObject } from '../../src/model/gateway.ts';
import type { EffectiveConfiguration } from '../../src/nginx/configuration.ts';
import type { TargetName } from '../../src/targets/names.ts';
import { createGatewayEvaluator } from '../../src/verify/gateway/evaluate.ts';
import { verifyProfileOf } from '../../src/verify/gateway/profile.ts';
import type { ProbeOutcome, ProbeRequest } from '../../src/verify/outcome.ts';
import { stream } from '../properties/arbitrary-ingress.ts';
import type { KubernetesObject } from '../traffic/object.ts';
import type { Implementation } from './world/state.ts';

/** What the product makes of Ingresses, and what its evaluator says about the result. */
export interface Subject {
  readonly configuration: EffectiveConfiguration;
  readonly objects: readonly GatewayObject[];
  readonly evaluate: (request: ProbeRequest) => ProbeOutcome;
  /** Codes of the findings. */
  readonly codes: ReadonlySet<string>;
}

/** Every conversion has the same Gateway, so that the gateway's process stays. */
export const gateway = { namespace: 'edge', name: 'edge' } as const;

/** @param objects Ingresses and Services of the input, each with its namespace */
export async function subjectOf(objects: readonly KubernetesObject[], target: TargetName, implementation: Implementation, regexHosts: 'faithful' | 'literal' = 'faithful'): Promise<Subject> {
  const text = stream(objects.map((object) => ({ apiVersion: object.kind.startsWith('Ingress') ? 'networking.k8s.io/v1' : 'v1', ...(JSON.parse(JSON.stringify(object)) as object) })));
  const options = { target, gateway: { ...gateway, name: `edge-${implementation}` }, gatewayClass: implementation, regexHosts } as const;
  const { objects: emitted, migration } = await convert([{ kind: 'text', file: 'served.yaml', text }], options);
  return {
    configuration: migration.configuration,
    objects: emitted,
    evaluate: createGatewayEvaluator(emitted, verifyProfileOf(implementation)),
    codes: new Set(migration.findings.map(({ code }) => code)),
  };
}
