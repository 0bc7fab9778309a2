/** Behaviour every location has under ingress-nginx without an annotation (reference: the controller's nginx.tmpl and config.go). */
export type ImplicitDefault =
  | 'hsts'
  | 'body-size-1m'
  | 'idle-timeouts-60s'
  | 'connect-timeout-5s'
  | 'three-tries'
  | 'underscore-headers-dropped'
  | 'forwarded-headers-replaced'
  | 'server-header-removed'
  | 'default-certificate-on-every-host'
  | 'path-normalisation'
  | 'trailing-slash-cut-on-https-redirect'
  | 'request-buffering';
