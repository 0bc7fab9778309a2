/** The slice of the Gateway API that gwmigrate writes (all kinds at v1, ReferenceGrant at v1beta1). Source: sigs.k8s.io/gateway-api config/crd. */

export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Any object of the output; `spec` is typed by the builders of `emit` and `targets`. */
export interface GatewayObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec: JsonObject;
}

/** An object as it exists: with what the API server and controllers keep beside `spec`. */
export interface ExistingObject extends GatewayObject {
  readonly metadata: Metadata & { readonly generation?: number };
  readonly status?: JsonObject;
}

export interface HeaderMatch {
  readonly type: 'Exact' | 'RegularExpression';
  readonly name: string;
  readonly value: string;
}
export interface PathMatch {
  readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression';
  readonly value: string;
}
export interface RouteMatch {
  readonly path: PathMatch;
  readonly headers?: readonly HeaderMatch[];
  readonly method?: string;
}
export interface HeaderValue {
  readonly name: string;
  readonly value: string;
}
export interface HeaderModifier {
  readonly set?: readonly HeaderValue[];
  readonly add?: readonly HeaderValue[];
  readonly remove?: readonly string[];
}
export type PathModifier =
  | { readonly type: 'ReplaceFullPath'; readonly replaceFullPath: string }
  | { readonly type: 'ReplacePrefixMatch'; readonly replacePrefixMatch: string };
export interface CorsSpec {
  readonly allowOrigins?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly allowCredentials?: boolean;
  readonly maxAge?: number;
}
export interface ObjectReference {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}
export type RouteFilter =
  | { readonly type: 'RequestHeaderModifier'; readonly requestHeaderModifier: HeaderModifier }
  | { readonly type: 'ResponseHeaderModifier'; readonly responseHeaderModifier: HeaderModifier }
  | {
      readonly type: 'RequestRedirect';
      readonly requestRedirect: {
        readonly scheme?: 'http' | 'https';
        readonly hostname?: string;
        readonly port?: number;
        readonly path?: PathModifier;
        readonly statusCode?: number;
      };
    }
  | { readonly type: 'URLRewrite'; readonly urlRewrite: { readonly hostname?: string; readonly path?: PathModifier } }
  | { readonly type: 'RequestMirror'; readonly requestMirror: { readonly backendRef: ObjectReference } }
  | { readonly type: 'CORS'; readonly cors: CorsSpec }
  | { readonly type: 'ExtensionRef'; readonly extensionRef: { readonly group: string; readonly kind: string; readonly name: string } };

export interface BackendRef extends ObjectReference {
  readonly weight?: number;
}
export interface RouteTimeouts {
  readonly request?: string;
  readonly backendRequest?: string;
}
export interface RouteRetry {
  readonly codes?: readonly number[];
  readonly attempts: number;
  readonly backoff?: string;
}
