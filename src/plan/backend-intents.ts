import type { Base } from './intent-base.ts';

/** TLS towards a backend that is spoken to in TLS, beyond TLS alone. */
export interface BackendTlsIntent extends Base<'backend-tls'> {
  readonly secret: { readonly namespace: string; readonly name: string };
  /** The certificate of the backend has to come from the CA in the Secret (ca.crt) and name `name`. */
  readonly verify: boolean;
  readonly depth: number;
  /** '': the internal name of the upstream, which no certificate holds. */
  readonly name: string;
  /** The name is sent when TLS begins (SNI). */
  readonly serverName: boolean;
  /** The Secret holds a certificate (tls.crt) that is shown to the backend; undefined: the Secret is not part of the input. */
  readonly clientCertificate: boolean | undefined;
  /** OpenSSL text; '' for the default. */
  readonly ciphers: string;
  /** Such as TLSv1.3; empty for the default, TLSv1.2. */
  readonly protocols: readonly string[];
  /** Other Ingresses (namespace/name) that speak to the same Service in another way. */
  readonly otherwise: readonly string[];
}
/** Algorithm that chooses endpoints, other than in turn: ewma, or a name of the controller's own. */
export interface LoadBalanceIntent extends Base<'load-balance'> {
  readonly algorithm: string;
}
/** Requests with the same value of a text with nginx variables go to the same endpoint, or to the same few. */
export interface UpstreamHashIntent extends Base<'upstream-hash'> {
  readonly by: string;
  /** Endpoints a hash value is spread over; undefined: one. */
  readonly subsetSize: number | undefined;
}
/** Answers are taken off the backend at once and held for slow clients. Undefined: the default of nginx. */
export interface ResponseBufferingIntent extends Base<'response-buffering'> {
  readonly buffers: number | undefined;
  readonly busyBytes: number | undefined;
  readonly fileBytes: number | undefined;
}
/** Answers with larger headers fail with 502. */
export interface ResponseHeaderSizeIntent extends Base<'response-header-size'> {
  readonly maxBytes: number;
}
/** Request bodies are passed on while they arrive. */
export interface RequestBufferingIntent extends Base<'request-buffering'> {
  readonly enabled: false;
}
export interface BackendHttpVersionIntent extends Base<'backend-http-version'> {
  readonly version: '1.0';
}
/** Of a backend that is spoken to in FastCGI. '' where not set. */
export interface FastcgiParametersIntent extends Base<'fastcgi-parameters'> {
  readonly index: string;
  readonly configMap: string;
}

/** How the backend is reached, and how much of its traffic is held. */
export type BackendIntent =
  | BackendTlsIntent
  | LoadBalanceIntent
  | UpstreamHashIntent
  | ResponseBufferingIntent
  | ResponseHeaderSizeIntent
  | RequestBufferingIntent
  | BackendHttpVersionIntent
  | FastcgiParametersIntent;
