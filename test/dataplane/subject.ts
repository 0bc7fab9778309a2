import { Command } from 'commander';
import { addRunOptions, type RunFlags } from '../../src/cli/options.ts';
import { convert } from '../../src/convert.ts';
import type { GatewayObject } from '../../src/model/gateway.ts';
import { objectsIn } from '../../src/model/json.ts';
import type { EffectiveConfiguration } from '../../src/nginx/configuration.ts';
import type { TargetName } from '../../src/targets/names.ts';
import { createGatewayEvaluator } from '../../src/verify/gateway/evaluate.ts';
import { verifyProfileOf } from '../../src/verify/gateway/profile.ts';
import type { ProbeOutcome, ProbeRequest } from '../../src/verify/outcome.ts';
import { unreachable } from './exclusions.ts';
import { byGateway } from './gateways.ts';
import { stream } from '../properties/arbitrary-ingress.ts';
import type { KubernetesObject } from '../traffic/object.ts';
import type { Implementation } from './world/state.ts';

/** What the product makes of Ingresses for one Gateway, and what its evaluator says about the result. */
export interface Subject {
  readonly configuration: EffectiveConfiguration;
  readonly objects: readonly GatewayObject[];
  readonly evaluate: (request: ProbeRequest) => ProbeOutcome;
  /** Why nobody answers what is forwarded. */
  readonly unreachable: string | undefined;
}

/** Every conversion has the same Gateway, so that the gateway's process stays. */
export const gateway = { namespace: 'edge', name: 'edge' } as const;

const flagsOf = (args: readonly string[]): RunFlags => addRunOptions(new Command()).exitOverride().parse(args, { from: 'user' }).opts<RunFlags>();

/** The world adds a listener of its own to the 64 that a Gateway takes. */
const hasRoom = (objects: readonly GatewayObject[]): boolean => objects.every(({ kind, spec }) => kind !== 'Gateway' || objectsIn(spec, 'listeners').length < 64);

/**
 * @param objects of the input, each with its namespace
 * @returns one for each Gateway of the output that can be served
 * @param args further arguments of the command line; target and Gateway are the world's all the same
 */
export async function subjectsOf(objects: readonly KubernetesObject[], target: TargetName, implementation: Implementation, args: readonly string[] = []): Promise<readonly Subject[]> {
  const text = stream(objects.map((object) => ({ apiVersion: object.kind.startsWith('Ingress') ? 'networking.k8s.io/v1' : 'v1', ...(JSON.parse(JSON.stringify(object)) as object) })));
  const flags = flagsOf(args);
  const own = { target, gateway: { ...gateway, name: `edge-${implementation}` }, gatewayClass: implementation } as const;
  const options = { ...flags, ...own, ingressClasses: flags.ingressClass, controllerArgs: flags.controllerArgs.join(' '), baseline: undefined };
  const { objects: emitted, migration } = await convert([{ kind: 'text', file: 'served.yaml', text }], options);
  const profile = verifyProfileOf(implementation);
  return byGateway(emitted).filter(hasRoom).map((part) => ({ configuration: migration.configuration, objects: part, evaluate: createGatewayEvaluator(part, profile), unreachable: unreachable(part) }));
}
