import { raise, type Finding } from '../diagnostics/finding.ts';
import type { GatewayObject } from '../model/gateway.ts';
import { compareText, type ObjectRef } from '../model/object.ts';
import type { LoweredPlan, LoweredRule } from '../targets/lowered.ts';
import type { Profile } from '../targets/profile.ts';
import { policiesOfGateways, policiesOfRoutes } from './attach.ts';
import { reportCertificates, reportUnwritten } from './certificates.ts';
import { codes } from './codes.ts';
import { createContext, sharedNamespace, type EmitContext } from './context.ts';
import { reportDns } from './dns.ts';
import { closeForgeable, closeUnprotected, reportExisting } from './existing.ts';
import { fixedObjects, namesOf } from './fixed.ts';
import { annotationsOfGateways } from './gateway-annotations.ts';
import { gatewayClassName, gatewayClassObject, gatewayObject, unknownGatewayClass } from './gateways.ts';
import { grantsFor } from './grants.ts';
import { infrastructureAnnotations } from './infrastructure.ts';
import { layOut, type GatewayPlan } from './layout.ts';
import type { TakenNames } from './names.ts';
import type { EmitOptions } from './options.ts';
import { inOrder } from './order.ts';
import { parentsInLayout, parentsOfExisting, type ParentRefs } from './parents.ts';
import { placeRules } from './placed.ts';
import { emitRoutes, type EmittedRoute } from './routes.ts';
import { placeStreams, streamRoutes } from './streams.ts';

export interface Emission {
  /** In the order in which they are written. */
  readonly value: readonly GatewayObject[];
  readonly findings: readonly Finding[];
  /** Objects each plan rule went into, Gateways left out. */
  readonly placed: ReadonlyMap<LoweredRule['planRule'], readonly ObjectRef[]>;
  /** `rules[i]` of each is `object.spec.rules[i]`; the objects always state their namespace. */
  readonly routes: readonly EmittedRoute[];
}

type Report = (finding: Finding) => void;

/** Gateways of the run and where routes attach. */
interface Frame {
  readonly objects: readonly GatewayObject[];
  readonly parents: ParentRefs;
}

function reportLayout(context: EmitContext, gateways: readonly GatewayPlan[], report: Report): void {
  const { gateway, options } = context;
  const [first] = gateways;
  if (first === undefined) return;
  const name = gatewayClassName(context);
  if (name === unknownGatewayClass) report(raise(codes, 'gateway/class', {}, { gateway: gateway.name, class: name }));
  if (gateway.namespace === sharedNamespace && options.gateway?.namespace === undefined && context.plan.rules.every(({ namespace }) => namespace !== sharedNamespace)) {
    report(raise(codes, 'gateway/namespace', {}, { gateway: gateway.name, namespace: gateway.namespace }));
  }
  if (gateways.length > 1) {
    report(raise(codes, 'gateway/several-addresses', {}, { count: String(gateways.length), gateways: gateways.map((plan) => plan.name).join(', ') }));
  }
}

const noAnnotations: ReadonlyMap<string, string> = new Map();

function newGateways(context: EmitContext, taken: TakenNames, report: Report): Frame {
  const layout = layOut(context);
  const { gateways, routes } = placeStreams(layout.gateways, context);
  reportLayout(context, gateways, report);
  const annotations = annotationsOfGateways(gateways, context, report);
  reportCertificates(gateways, annotations, context, report);
  const infrastructure = gateways.length === 0 ? noAnnotations : infrastructureAnnotations(context.options.controllerService, context.gateway.name, report);
  const gatewayClass = gateways.length === 0 ? undefined : gatewayClassObject(context);
  return {
    parents: parentsInLayout(context, layout),
    objects: [
      ...(gatewayClass === undefined ? [] : [gatewayClass]),
      ...gateways.map((plan) => gatewayObject(plan, annotations.get(plan.name) ?? noAnnotations, infrastructure, context)),
      ...policiesOfGateways(gateways, context, taken),
      ...routes,
    ],
  };
}

/** Once a run, however many routes have them. */
function reportLabels(routes: readonly EmittedRoute[], report: Report): void {
  const names = [...new Set(routes.flatMap(({ object }) => Object.keys(object.metadata.labels ?? {})))].sort(compareText).join(', ');
  if (names !== '') report(raise(codes, 'route/labels', {}, { names }));
}

/** Objects of the only namespace, without it: the input named none. */
function withoutNamespace(objects: readonly GatewayObject[], { omitNamespace, onlyNamespace }: EmitContext): readonly GatewayObject[] {
  if (!omitNamespace) return objects;
  return objects.map((object) => {
    const { namespace, ...metadata } = object.metadata;
    return namespace === onlyNamespace ? { ...object, metadata } : object;
  });
}

/**
 * Writes a lowered plan as Gateway API objects: groups rules into routes, splits at the limits of the API, names everything and orders it.
 * Linear in rules and listeners; the same plan gives the same objects.
 */
export function emitObjects(plan: LoweredPlan, profile: Profile, options: EmitOptions): Emission {
  const findings: Finding[] = [];
  const report: Report = (finding) => findings.push(finding);
  const base = createContext(plan, profile, options);
  const listening: EmitContext = options.existingGateway ? { ...base, plan: closeUnprotected(base, report) } : base;
  const context: EmitContext = { ...listening, plan: closeForgeable(listening, report) };
  const fixed = fixedObjects(context.plan);
  const taken = namesOf(fixed);
  if (options.existingGateway) {
    reportExisting(context, report);
    reportUnwritten(context, report);
  }
  const frame: Frame = options.existingGateway ? { objects: streamRoutes(context), parents: parentsOfExisting(context) } : newGateways(context, taken, report);
  const routes = emitRoutes(context, frame.parents, taken, report);
  reportLabels(routes, report);
  reportDns([...frame.objects, ...routes.map(({ object }) => object)], report);
  const policies = policiesOfRoutes(routes, namesOf([...fixed, ...frame.objects]));
  const all = [...frame.objects, ...grantsFor(context), ...fixed, ...routes.map(({ object }) => object), ...policies.map(({ object }) => object)];
  return { value: withoutNamespace(inOrder(all), context), findings, placed: placeRules(routes, policies), routes };
}
