import { isSet, rule, type Rule } from '../define.ts';

interface Endpoint {
  readonly fqdn?: unknown;
  readonly ip?: unknown;
  readonly hostname?: string;
}
interface Tls {
  readonly caCertificateRefs?: readonly unknown[];
  readonly wellKnownCACertificates?: string;
  readonly insecureSkipVerify?: boolean;
  readonly sni?: string;
  readonly autoSNIFromEndpointHostname?: boolean;
  readonly minVersion?: string;
  readonly maxVersion?: string;
  readonly ciphers?: readonly string[];
}
interface Backend {
  readonly type?: string;
  readonly endpoints?: readonly Endpoint[];
  readonly tls?: Tls;
}

/** An unstated minimum is 1.2; Auto as a minimum is the lowest, as a maximum the highest version. */
const lowest: Readonly<Record<string, number>> = { Auto: 0, '1.0': 1, '1.1': 2, '1.2': 3, '1.3': 4 };
const highest: Readonly<Record<string, number>> = { '1.0': 1, '1.1': 2, '1.2': 3, '1.3': 4, Auto: 5 };

/** Source: charts/gateway-helm/charts/crds of https://github.com/envoyproxy/gateway, Backend and the `tls` of ClientTrafficPolicy. */
export const backendRules: readonly Rule[] = [
  rule<Backend>('dynamic-resolver-endpoints', 'DynamicResolver type cannot have endpoints specified', (self) => self.type === 'DynamicResolver' && self.endpoints !== undefined),
  rule<Backend>(
    'dynamic-resolver-sni',
    'DynamicResolver type cannot use autoSNIFromEndpointHostname',
    (self) => self.type === 'DynamicResolver' && self.tls?.autoSNIFromEndpointHostname === true,
  ),
  rule<Backend>(
    'sni-from-nameless-endpoint',
    'when autoSNIFromEndpointHostname is enabled, IP and Unix endpoints must define a hostname',
    ({ tls, endpoints = [] }) => tls?.autoSNIFromEndpointHostname === true && endpoints.some(({ ip, hostname }) => ip !== undefined && hostname === undefined),
  ),
  rule<readonly Endpoint[]>(
    'endpoints-mixed',
    'fqdn addresses cannot be mixed with other address types',
    (self) => self.some(({ fqdn }) => fqdn !== undefined) && self.some(({ fqdn }) => fqdn === undefined),
  ),
  rule<Endpoint>('endpoint-empty', 'one of fqdn, ip or unix must be specified', ({ fqdn, ip }) => fqdn === undefined && ip === undefined),
  rule<Endpoint>('endpoint-twice', 'only one of fqdn, ip or unix can be specified', ({ fqdn, ip }) => (fqdn !== undefined) === (ip !== undefined)),
  rule<Tls>(
    'insecure-with-ca',
    'must not contain either CACertificateRefs or WellKnownCACertificates when InsecureSkipVerify is enabled',
    (self) => self.insecureSkipVerify === true && (isSet(self.caCertificateRefs) || isSet(self.wellKnownCACertificates)),
  ),
  rule<Tls>('sni-twice', 'sni and autoSNIFromEndpointHostname are mutually exclusive', (self) => self.sni !== undefined && self.autoSNIFromEndpointHostname === true),
  rule<Tls>('ciphers-for-tls-1-3', 'setting ciphers has no effect if the minimum possible TLS version is 1.3', (self) => self.minVersion === '1.3' && self.ciphers !== undefined),
  rule<Tls>('tls-versions-order', 'minVersion must be smaller or equal to maxVersion', ({ minVersion = '1.2', maxVersion }) =>
    maxVersion !== undefined && (lowest[minVersion] ?? 0) > (highest[maxVersion] ?? 0),
  ),
];
