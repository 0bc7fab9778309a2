import type { GatewayObject } from '../model/gateway.ts';
import type { LoweredPlan } from '../targets/lowered.ts';
import { limits, streamRouteVersion } from './constants.ts';
import type { EmitContext } from './context.ts';
import type { GatewayPlan } from './layout.ts';
import type { EmittedListener } from './listeners.ts';

type StreamService = NonNullable<LoweredPlan['streams']>[number];

const nameOf = ({ protocol, port }: StreamService): string => `${protocol.toLowerCase()}-${port}`;

function listenerOf(stream: StreamService): EmittedListener {
  const { protocol, port, backend } = stream;
  return { name: nameOf(stream), protocol, port, hostname: '', namespaces: [backend.namespace], source: undefined };
}

/** One route a port: TCPRoute and UDPRoute have exactly one rule, and live beside their Service, so no grant is needed. */
function routeOf(stream: StreamService, gateway: string, context: EmitContext): GatewayObject {
  const { protocol, backend } = stream;
  const elsewhere = backend.namespace === context.gateway.namespace ? {} : { namespace: context.gateway.namespace };
  return {
    apiVersion: streamRouteVersion(context.profile),
    kind: `${protocol}Route`,
    metadata: { name: nameOf(stream), namespace: backend.namespace },
    spec: {
      parentRefs: [{ name: gateway, ...elsewhere, sectionName: nameOf(stream) }],
      rules: [{ backendRefs: [{ name: backend.name, port: backend.port }] }],
    },
  };
}

export interface StreamLayout {
  readonly gateways: readonly GatewayPlan[];
  readonly routes: readonly GatewayObject[];
}

/** Puts the ports on the first Gateway with room, so that they share its address; a Gateway of their own when there is none. */
export function placeStreams(gateways: readonly GatewayPlan[], context: EmitContext): StreamLayout {
  const { streams = [] } = context.plan;
  const { name } = context.gateway;
  const plans: GatewayPlan[] = [...gateways];
  const routes: GatewayObject[] = [];
  for (const stream of streams) {
    let at = plans.findIndex(({ listeners }) => listeners.length < limits.listeners);
    if (at < 0) at = plans.push({ name: plans.length === 0 ? name : `${name}-${plans.length + 1}`, listeners: [], hostnames: [] }) - 1;
    const plan = plans[at];
    if (plan === undefined) continue;
    plans[at] = { ...plan, listeners: [...plan.listeners, listenerOf(stream)] };
    routes.push(routeOf(stream, plan.name, context));
  }
  return { gateways: plans, routes };
}

/** The routes alone: the existing Gateway is taken to have a listener of the name. */
export function streamRoutes(context: EmitContext): readonly GatewayObject[] {
  return (context.plan.streams ?? []).map((stream) => routeOf(stream, context.gateway.name, context));
}
