import type { ControllerSettings } from './settings.ts';
import { parseBoolean } from './values.ts';

/** Behaviour every gateway shares, so no target has to say what it loses of it. */
export type SharedDefault = 'http2';

/** Behaviour a gateway may not have. */
export type DifferingDefault =
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

/** Behaviour every location has under ingress-nginx without an annotation (reference: the controller's nginx.tmpl and config.go). */
export type ImplicitDefault = SharedDefault | DifferingDefault;

/** What the controller does unasked, as it is in force for one controller. */
export interface ImplicitBehaviour {
  readonly name: ImplicitDefault;
  /** What it amounts to, in words that messages take over; '' where the name says it all. */
  readonly value: string;
  /** Key of the ConfigMap that made it what it is; undefined: the controller's own default. */
  readonly setting: string | undefined;
}

interface Definition {
  readonly name: ImplicitDefault;
  /** Keys of the ConfigMap that change or end it. */
  readonly keys: readonly string[];
  /** Whether the controller does it at all. */
  readonly inForce?: (settings: ControllerSettings) => boolean;
  readonly value?: (settings: ControllerSettings) => string;
}

const isOn = ({ raw }: ControllerSettings, key: string): boolean => parseBoolean((raw.get(key) ?? '').trim()) === true;

/** The value of the header. Source: header() in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/lua_ingress.lua */
export function hstsValue({ hsts }: Pick<ControllerSettings, 'hsts'>): string {
  return `max-age=${hsts.maxAgeSeconds}${hsts.includeSubDomains ? '; includeSubDomains' : ''}${hsts.preload ? '; preload' : ''}`;
}

function idleValue({ proxyReadTimeoutSeconds: read, proxySendTimeoutSeconds: send }: ControllerSettings): string {
  return read === send ? `${read} s` : `${read} s and ${send} s`;
}

function triesValue({ proxyNextUpstreamTries: tries }: ControllerSettings): string {
  if (tries === 0) return 'any number of';
  return tries === 3 ? 'three' : String(tries);
}

/** In the order in which reports name them. */
const definitions: readonly Definition[] = [
  { name: 'hsts', keys: ['hsts', 'hsts-max-age', 'hsts-include-subdomains', 'hsts-preload'], inForce: ({ hsts }) => hsts.enabled, value: hstsValue },
  { name: 'body-size-1m', keys: ['proxy-body-size'], inForce: ({ proxyBodySize }) => proxyBodySize !== '0', value: ({ proxyBodySize }) => proxyBodySize },
  { name: 'idle-timeouts-60s', keys: ['proxy-read-timeout', 'proxy-send-timeout'], value: idleValue },
  { name: 'connect-timeout-5s', keys: ['proxy-connect-timeout'], value: ({ proxyConnectTimeoutSeconds }) => `${proxyConnectTimeoutSeconds} s` },
  {
    name: 'three-tries',
    keys: ['proxy-next-upstream', 'proxy-next-upstream-tries'],
    inForce: ({ proxyNextUpstream, proxyNextUpstreamTries }) => proxyNextUpstream !== 'off' && proxyNextUpstreamTries !== 1,
    value: triesValue,
  },
  { name: 'underscore-headers-dropped', keys: ['enable-underscores-in-headers'], inForce: (settings) => !isOn(settings, 'enable-underscores-in-headers') },
  { name: 'forwarded-headers-replaced', keys: ['use-forwarded-headers'], inForce: (settings) => !isOn(settings, 'use-forwarded-headers') },
  // allow-backend-server-header only counts where nginx clears nothing; server-tokens then writes the header of nginx.
  { name: 'server-header-removed', keys: ['server-tokens'], inForce: (settings) => !isOn(settings, 'server-tokens') },
  // With the flag it is asked for, and becomes a listener for every host.
  { name: 'default-certificate-on-every-host', keys: [], inForce: ({ defaultSslCertificate }) => defaultSslCertificate === undefined },
  { name: 'path-normalisation', keys: [] },
  {
    name: 'trailing-slash-cut-on-https-redirect',
    keys: ['ssl-redirect', 'force-ssl-redirect', 'preserve-trailing-slash'],
    // An Ingress may ask for the redirect where the ConfigMap does not.
    inForce: ({ preserveTrailingSlash }) => !preserveTrailingSlash,
  },
  { name: 'request-buffering', keys: ['proxy-request-buffering'], inForce: ({ raw }) => raw.get('proxy-request-buffering')?.trim() !== 'off' },
  { name: 'http2', keys: ['use-http2'], inForce: ({ raw }) => parseBoolean((raw.get('use-http2') ?? 'true').trim()) !== false },
];

/** The part of the effective configuration that no object asks for. Every location has it. */
export function implicitBehaviour(settings: ControllerSettings): readonly ImplicitBehaviour[] {
  return definitions
    .filter(({ inForce }) => inForce?.(settings) !== false)
    .map(({ name, keys, value }) => ({ name, value: value?.(settings) ?? '', setting: keys.find((key) => settings.raw.has(key)) }));
}
