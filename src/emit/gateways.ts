import type { GatewayObject, JsonObject } from '../model/gateway.ts';
import { gatewayVersion } from './constants.ts';
import type { EmitContext } from './context.ts';
import { prune } from './json.ts';
import type { GatewayPlan } from './layout.ts';
import type { EmittedListener } from './listeners.ts';

/** Stands in a Gateway until the user names a class; see the finding `gateway/class`. */
export const unknownGatewayClass = 'name-of-your-gateway-class';

export function gatewayClassName({ options, profile }: EmitContext): string {
  const name = options.gatewayClass ?? profile.defaultGatewayClass;
  return name === '' ? unknownGatewayClass : name;
}

const ports = { HTTP: 80, HTTPS: 443, TLS: 443, TCP: 0, UDP: 0 } as const;
/** Set on every Namespace by the API server (https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name). */
const namespaceLabel = 'kubernetes.io/metadata.name';

/** Which routes may attach: those of the listener's own namespaces. The default (Same) is left out. */
function admission(namespaces: readonly string[], { gateway }: EmitContext): JsonObject | undefined {
  const [first, ...others] = namespaces;
  if (first === undefined || (others.length === 0 && first === gateway.namespace)) return undefined;
  const selector: JsonObject =
    others.length === 0 ? { matchLabels: { [namespaceLabel]: first } } : { matchExpressions: [{ key: namespaceLabel, operator: 'In', values: [...namespaces] }] };
  return { namespaces: { from: 'Selector', selector } };
}

function tlsOf({ protocol, source, name }: EmittedListener, { gateway }: EmitContext): JsonObject | undefined {
  if (protocol === 'HTTP' || protocol === 'TCP' || protocol === 'UDP') return undefined;
  if (protocol === 'TLS') return { mode: 'Passthrough' };
  const { certificate, options } = source ?? {};
  if (certificate === undefined) throw new Error(`HTTPS listener ${name} has no certificate`);
  const namespace = certificate.namespace === gateway.namespace ? {} : { namespace: certificate.namespace };
  return { certificateRefs: [{ name: certificate.name, ...namespace }], ...(options === undefined ? {} : { options: prune(options) }) };
}

function listenerJson(listener: EmittedListener, context: EmitContext): JsonObject {
  const { name, hostname, protocol, namespaces, port = ports[protocol] } = listener;
  const tls = tlsOf(listener, context);
  const allowedRoutes = admission(namespaces, context);
  return {
    name,
    ...(hostname === '' ? {} : { hostname }),
    port,
    protocol,
    ...(tls === undefined ? {} : { tls }),
    ...(allowedRoutes === undefined ? {} : { allowedRoutes }),
  };
}

/** The core support is one ConfigMap with the key ca.crt. Source: https://gateway-api.sigs.k8s.io/geps/gep-91/ */
function validationOf({ namespace, name }: NonNullable<GatewayPlan['clientAuthority']>, { gateway }: EmitContext): JsonObject {
  return { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name, ...(namespace === gateway.namespace ? {} : { namespace }) }] };
}

/** @param infrastructure annotations for what the implementation makes for the Gateway */
export function gatewayObject(plan: GatewayPlan, annotations: ReadonlyMap<string, string>, infrastructure: ReadonlyMap<string, string>, context: EmitContext): GatewayObject {
  return {
    apiVersion: gatewayVersion,
    kind: 'Gateway',
    metadata: {
      name: plan.name,
      namespace: context.gateway.namespace,
      ...(annotations.size === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
    },
    spec: {
      gatewayClassName: gatewayClassName(context),
      ...(infrastructure.size === 0 ? {} : { infrastructure: { annotations: Object.fromEntries(infrastructure) } }),
      ...(plan.clientAuthority === undefined ? {} : { tls: { frontend: { default: { validation: validationOf(plan.clientAuthority, context) } } } }),
      listeners: plan.listeners.map((listener) => listenerJson(listener, context)),
    },
  };
}

/** The class of the Gateways, unless the target's controller is unknown or its installation brings the class. */
export function gatewayClassObject(context: EmitContext): GatewayObject | undefined {
  const { profile, plan } = context;
  const name = gatewayClassName(context);
  if (profile.controllerName === '' || (profile.installsGatewayClass === true && name === profile.defaultGatewayClass)) return undefined;
  return {
    apiVersion: gatewayVersion,
    kind: 'GatewayClass',
    metadata: { name },
    spec: { controllerName: profile.controllerName, ...(plan.gatewayClassParameters === undefined ? {} : { parametersRef: prune(plan.gatewayClassParameters) }) },
  };
}
