import type { ObjectRef } from '../model/object.ts';
import type { Origin } from '../model/origin.ts';

interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/** The controller's ConfigMap and flags, with the controller's defaults (v1.15.1, internal/ingress/controller/config/config.go). */
export interface ControllerSettings {
  /** The ConfigMap that was read, if any. Without one every key has its default and some facts are assumptions. */
  readonly configMap: { readonly ref: ObjectRef; readonly origin: Origin } | undefined;
  /** What --configmap names. */
  readonly configMapName: ObjectName | undefined;
  readonly annotationsPrefix: string;
  readonly controllerClass: string;
  /** --ingress-class of the controller: the value of the kubernetes.io/ingress.class annotation it accepts. */
  readonly ingressClassAnnotation: string;
  readonly watchWithoutClass: boolean;
  /** Ingresses of other namespaces are not seen; '' for all namespaces. */
  readonly watchNamespace: string;
  /** An IngressClass of the name of --ingress-class is the controller's own, whatever its controller. */
  readonly classByName: boolean;
  /** ConfigMaps with the ports of TCP and UDP services. */
  readonly tcpServices: ObjectName | undefined;
  readonly udpServices: ObjectName | undefined;
  readonly disableCatchAll: boolean;
  /** undefined: the flags are not known. */
  readonly sslPassthrough: boolean | undefined;
  readonly defaultSslCertificate: ObjectName | undefined;
  readonly defaultBackendService: ObjectName | undefined;
  /** undefined: no ConfigMap was read, so whether snippets are allowed is not known. */
  readonly allowSnippets: boolean | undefined;
  readonly annotationsRiskLevel: 'Low' | 'Medium' | 'High' | 'Critical' | undefined;
  readonly allowCrossNamespace: boolean;
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  readonly preserveTrailingSlash: boolean;
  readonly httpRedirectCode: number;
  readonly hsts: { readonly enabled: boolean; readonly maxAgeSeconds: number; readonly includeSubDomains: boolean; readonly preload: boolean };
  /** nginx size text, such as `1m`; `0` is unlimited. */
  readonly proxyBodySize: string;
  readonly proxyConnectTimeoutSeconds: number;
  readonly proxyReadTimeoutSeconds: number;
  readonly proxySendTimeoutSeconds: number;
  /** Space-separated conditions. */
  readonly proxyNextUpstream: string;
  readonly proxyNextUpstreamTries: number;
  readonly proxyNextUpstreamTimeoutSeconds: number;
  readonly allowListSourceRange: readonly string[];
  readonly denyListSourceRange: readonly string[];
  /** Denied everywhere, except where a location has a list of its own. */
  readonly blockCidrs: readonly string[];
  /** Values of nginx maps: text, `~regex` or `~*regex`. */
  readonly blockUserAgents: readonly string[];
  readonly blockReferers: readonly string[];
  readonly globalAuthUrl: string;
  readonly limitReqStatusCode: number;
  readonly limitConnStatusCode: number;
  readonly serviceUpstream: boolean;
  readonly useForwardedHeaders: boolean;
  readonly useProxyProtocol: boolean;
  readonly sslRejectHandshake: boolean;
  readonly noTlsRedirectLocations: readonly string[];
  readonly noAuthLocations: readonly string[];
  readonly globalAllowedResponseHeaders: readonly string[];
  /** Every key of the ConfigMap as written. */
  readonly raw: ReadonlyMap<string, string>;
}
