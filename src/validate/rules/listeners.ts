import { repeats, rule, type Rule } from './define.ts';

interface Listener {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostname?: string;
  /** Default mode: Terminate. */
  readonly tls?: { readonly mode?: string };
  readonly filters?: unknown;
}
type Listeners = readonly Listener[];

interface ListenerTls {
  readonly mode?: string;
  readonly certificateRefs?: readonly unknown[];
  readonly options?: Readonly<Record<string, string>>;
}

const modeOf = ({ mode = 'Terminate' }: { readonly mode?: string }): string => mode;

/** Source: config/crd of https://github.com/kubernetes-sigs/gateway-api, `spec.listeners` of Gateway and ListenerSet. */
export const listenerRules: readonly Rule[] = [
  rule<Listeners>('listener-name-repeated', 'Listener name must be unique within the Gateway', (self) => repeats(self, ({ name }) => name)),
  rule<Listeners>('listener-repeated', 'Combination of port, protocol and hostname must be unique for each listener', (self) =>
    repeats(self, ({ port, protocol, hostname }) => (hostname === undefined ? `${port} ${protocol}` : `${port} ${protocol} ${hostname}`)),
  ),
  rule<Listeners>('hostname-on-tcp', "hostname must not be specified for protocols ['TCP', 'UDP']", (self) =>
    self.some(({ protocol, hostname = '' }) => (protocol === 'TCP' || protocol === 'UDP') && hostname !== ''),
  ),
  rule<Listeners>('https-passthrough', 'tls mode must be Terminate for protocol HTTPS', (self) =>
    self.some(({ protocol, tls }) => protocol === 'HTTPS' && tls !== undefined && modeOf(tls) !== 'Terminate'),
  ),
  rule<Listeners>('tls-listener-without-tls', 'tls mode must be set for protocol TLS', (self) => self.some(({ protocol, tls }) => protocol === 'TLS' && tls === undefined)),
  rule<Listeners>('tls-on-http', "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']", (self) =>
    self.some(({ protocol, tls }) => ['HTTP', 'TCP', 'UDP'].includes(protocol) && tls !== undefined),
  ),
  rule<Listener>('listener-filters-on-tcp', 'filters may only be set when protocol is HTTP or HTTPS', ({ filters, protocol }) => filters !== undefined && protocol !== 'HTTP' && protocol !== 'HTTPS'),
  rule<ListenerTls>(
    'terminate-without-certificate',
    'certificateRefs or options must be specified when mode is Terminate',
    ({ certificateRefs = [], options = {}, ...tls }) => modeOf(tls) === 'Terminate' && certificateRefs.length === 0 && Object.keys(options).length === 0,
  ),
];
