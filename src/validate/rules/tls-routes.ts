import { isIP } from 'node:net';
import { rule, type Rule } from './define.ts';

/** Source: config/crd of https://github.com/kubernetes-sigs/gateway-api, TLSRoute `spec.hostnames`. */
export const tlsRouteRules: readonly Rule[] = [
  rule<readonly string[]>('tls-hostname-ip', 'Hostnames cannot contain an IP', (self) => self.some((host) => isIP(host) !== 0)),
];
