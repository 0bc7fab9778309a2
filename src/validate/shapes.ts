import type { GatewayObject } from '../model/gateway.ts';

/** The parts of `spec` that references live in. Source: config/crd of https://github.com/kubernetes-sigs/gateway-api. */

export interface Reference {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly sectionName?: string;
  readonly port?: number;
}
export interface RouteFilterShape {
  readonly type: string;
  readonly requestMirror?: { readonly backendRef: Reference };
  readonly externalAuth?: { readonly backendRef: Reference };
  readonly extensionRef?: Reference;
  readonly requestRedirect?: unknown;
}
interface RouteRule {
  readonly name?: string;
  readonly filters?: readonly RouteFilterShape[];
  readonly backendRefs?: readonly (Reference & { readonly filters?: readonly RouteFilterShape[] })[];
}
export interface Route {
  readonly parentRefs?: readonly Reference[];
  readonly hostnames?: readonly string[];
  readonly rules?: readonly RouteRule[];
}
export interface ListenerShape {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostname?: string;
  readonly tls?: { readonly certificateRefs?: readonly Reference[] };
  readonly allowedRoutes?: { readonly namespaces?: { readonly from?: string; readonly selector?: NamespaceSelector } };
}
export interface NamespaceSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}
interface FrontendTls {
  readonly validation?: { readonly caCertificateRefs?: readonly Reference[] };
}
export interface GatewayShape {
  readonly listeners?: readonly ListenerShape[];
  readonly infrastructure?: { readonly parametersRef?: Reference };
  readonly tls?: {
    readonly backend?: { readonly clientCertificateRef?: Reference };
    readonly frontend?: { readonly default?: FrontendTls; readonly perPort?: readonly { readonly tls?: FrontendTls }[] };
  };
}
export interface Policy {
  readonly targetRef?: Reference;
  readonly targetRefs?: readonly Reference[];
  readonly extAuth?: { readonly http?: { readonly backendRefs?: readonly Reference[] } };
}
export interface Grant {
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[];
}

// The schema of the kind has passed: these are the fields it declares.
export const routeOf = (object: GatewayObject): Route => object.spec;
export const gatewayOf = (object: GatewayObject): GatewayShape => object.spec;
export const policyOf = (object: GatewayObject): Policy => object.spec;
export const grantOf = (object: GatewayObject): Grant => object.spec as unknown as Grant;

export const namespaceOf = ({ metadata: { namespace = '' } }: GatewayObject): string => namespace;
export const isRoute = ({ kind }: GatewayObject): boolean => kind.endsWith('Route');
