import { repeats, rule, type Rule } from './define.ts';

/** Default type: IPAddress. */
interface Address {
  readonly type?: string;
  readonly value?: string;
}
type Keys = Readonly<Record<string, string>>;

const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/u;
const hostname = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/u;
const metadataKey = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/u;

const hostnamePattern = '^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';
const isBadHostname = ({ type = 'IPAddress', value }: Address): boolean => type === 'Hostname' && value !== undefined && !hostname.test(value);
const repeatsValue = (type: string) => (self: readonly Address[]): boolean =>
  repeats(self, (address) => ((address.type ?? 'IPAddress') === type ? address.value : undefined));

const hasBadKey = (self: Keys): boolean => Object.keys(self).some((key) => !metadataKey.test(key));
const hasLongPrefix = (self: Keys): boolean => Object.keys(self).some((key) => (key.split('/')[0] ?? '').length >= 253);

function isRoutability(text: string): boolean {
  if (text === '' || text === 'Cluster') return true;
  const slash = text.indexOf('/');
  const domain = text.slice(0, slash);
  return slash >= 0 && slash < text.length - 1 && dnsSubdomain.test(domain) && domain.length <= 253 && domain !== 'k8s.io' && !domain.endsWith('.k8s.io');
}

/** Source: config/crd of https://github.com/kubernetes-sigs/gateway-api, Gateway `spec.addresses`, `spec.infrastructure` and `spec.tls`. */
export const gatewayRules: readonly Rule[] = [
  rule('address-hostname-repeated', 'Hostname values must be unique', repeatsValue('Hostname')),
  rule('address-ip-repeated', 'IPAddress values must be unique', repeatsValue('IPAddress')),
  rule('address-hostname-characters', `Hostname value must be empty or contain only valid characters (matching ${hostnamePattern})`, isBadHostname),
  // Until 1.3 the expression read the value without asking whether there is one, which is an error as well.
  rule<Address>(
    'address-hostname-characters-1-3',
    `Hostname value must only contain valid characters (matching ${hostnamePattern})`,
    (self) => self.type === 'Hostname' && (self.value === undefined || isBadHostname(self)),
  ),
  rule<string>(
    'address-routability',
    'Routability must be empty, Cluster, or an implementation-specific prefixed path; k8s.io and its subdomains are reserved',
    (self) => !isRoutability(self),
  ),
  ...(['Annotation', 'Label'] as const).flatMap((what) => [
    rule(
      `infrastructure-${what.toLowerCase()}-key`,
      `${what} keys must be in the form of an optional DNS subdomain prefix followed by a required name segment of up to 63 characters.`,
      hasBadKey,
    ),
    rule(
      `infrastructure-${what.toLowerCase()}-prefix`,
      `If specified, the ${what.toLowerCase()} key's prefix must be a DNS subdomain not longer than 253 characters in total.`,
      hasLongPrefix,
    ),
  ]),
  rule<readonly { readonly port: number }[]>('frontend-port-repeated', 'Port for TLS configuration must be unique within the Gateway', (self) => repeats(self, ({ port }) => port)),
  rule<readonly { readonly group: string; readonly kind: string; readonly namespace?: string }[]>(
    'trust-bundle-with-namespace',
    'ClusterTrustBundle references must not specify namespace',
    (self) => self.some(({ group, kind, namespace }) => group === 'certificates.k8s.io' && kind === 'ClusterTrustBundle' && namespace !== undefined),
  ),
];
