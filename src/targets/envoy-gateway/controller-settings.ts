import type { JsonObject } from '../../model/gateway.ts';
import { parseNetwork } from '../../nginx/networks.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { parseBoolean, parseList } from '../../nginx/values.ts';
import type { Capability } from '../define.ts';

const exact = (how: string): Capability => ({ fidelity: 'exact', how });
const about = (how: string): Capability => ({ fidelity: 'approximate', how });

/** Which settings of the controller a ClientTrafficPolicy on the Gateway has. Source: the CRDs of Envoy Gateway 1.9. */
export const settings: Readonly<Record<string, Capability>> = {
  'allow-backend-server-header': exact('nothing: Envoy lets the header through'),
  'compute-full-forwarded-for': exact('nothing: Envoy appends to X-Forwarded-For'),
  'enable-real-ip': about('clientIPDetection.xForwardedFor.trustedCIDRs of a ClientTrafficPolicy'),
  'enable-underscores-in-headers': exact('headers.withUnderscoresAction Allow of a ClientTrafficPolicy'),
  'proxy-real-ip-cidr': exact('clientIPDetection.xForwardedFor.trustedCIDRs of a ClientTrafficPolicy'),
  'ssl-ciphers': about('tls.ciphers of a ClientTrafficPolicy, for TLS 1.2'),
  'ssl-protocols': exact('tls.minVersion and tls.maxVersion of a ClientTrafficPolicy'),
  'use-forwarded-headers': about('clientIPDetection.xForwardedFor.trustedCIDRs of a ClientTrafficPolicy; X-Forwarded-Proto is not believed'),
  'use-http2': exact('tls.alpnProtocols of a ClientTrafficPolicy'),
  'use-proxy-protocol': exact('proxyProtocol of a ClientTrafficPolicy'),
};

const isOn = ({ raw }: ControllerSettings, key: string): boolean => parseBoolean((raw.get(key) ?? '').trim()) === true;

/** With the PROXY protocol the client is who it names; otherwise the header is read back to the first address that is not trusted. */
function clientAddress(controller: ControllerSettings): JsonObject {
  if (controller.useProxyProtocol) return { proxyProtocol: { optional: false } };
  if (!controller.useForwardedHeaders && !isOn(controller, 'enable-real-ip')) return {};
  const listed = parseList(controller.raw.get('proxy-real-ip-cidr') ?? '').flatMap((entry) => parseNetwork(entry) ?? []);
  const trustedCIDRs = listed.length > 0 ? listed : ['0.0.0.0/0', '::/0'];
  return { clientIPDetection: { xForwardedFor: { trustedCIDRs: trustedCIDRs.map((network) => (network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`)) } } };
}

const versions: ReadonlyMap<string, string> = new Map([
  ['TLSv1', '1.0'],
  ['TLSv1.1', '1.1'],
  ['TLSv1.2', '1.2'],
  ['TLSv1.3', '1.3'],
]);

function tls({ raw }: ControllerSettings): JsonObject {
  const offered = (raw.get('ssl-protocols') ?? '').split(/\s+/).flatMap((name) => versions.get(name) ?? []).sort();
  const [minVersion] = offered;
  const maxVersion = offered.at(-1);
  const ciphers = (raw.get('ssl-ciphers') ?? '').trim().split(':').filter((name) => /^[A-Z0-9-]+$/.test(name) && !name.startsWith('TLS_'));
  const http1 = parseBoolean(raw.get('use-http2') ?? '') === false;
  return {
    ...(minVersion === undefined || maxVersion === undefined ? {} : { minVersion, maxVersion }),
    // Those of TLS 1.3 cannot be chosen.
    ...(ciphers.length === 0 || minVersion === '1.3' ? {} : { ciphers }),
    ...(http1 ? { alpnProtocols: ['http/1.1'] } : {}),
  };
}

/** What the controller's ConfigMap adds to the ClientTrafficPolicy of the Gateway. */
export function clientTrafficSettings(controller: ControllerSettings): JsonObject {
  const ofTls = tls(controller);
  return { ...clientAddress(controller), ...(Object.keys(ofTls).length === 0 ? {} : { tls: ofTls }) };
}

export function underscoresAction(controller: ControllerSettings): 'Allow' | 'DropHeader' {
  return isOn(controller, 'enable-underscores-in-headers') ? 'Allow' : 'DropHeader';
}
