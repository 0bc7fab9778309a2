import type { Ingress } from '../model/ingress.ts';
import { objectKey } from '../model/object.ts';
import { backendCiphers, backendProtocols, basicChars, regexChars } from '../nginx/forms.ts';
import type { Location } from '../nginx/configuration.ts';
import type { BackendTlsIntent } from '../plan/intents.ts';
import type { FamilyInput } from './define.ts';
import { parseSecretName, type SecretName } from './secret-name.ts';
import { meaningsOf, readSettings, siblingText, usesOf, type Setting, type SettingsReading, type SettingTable } from './setting.ts';
import { siblingsOf } from './siblings.ts';
import { form, integer, onOffInLine, text, type Canonical } from './spelling.ts';
import { needs, protocolOf } from './idle.ts';

export const keys = ['proxy-ssl-secret', 'proxy-ssl-verify', 'proxy-ssl-verify-depth', 'proxy-ssl-name', 'proxy-ssl-server-name', 'proxy-ssl-ciphers', 'proxy-ssl-protocols'] as const;
type Key = (typeof keys)[number];
type Input = FamilyInput<Key>;
export type BackendTlsInput = Input;

const withSecret = needs('proxy-ssl-secret', 'all proxy-ssl annotations wait for it');

/** https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify_depth */
const negative: Setting['breaks'] = (value, siblings, settings) => (Number(value) < 0 && withSecret(siblings, settings) === undefined ? 'a depth is no negative number' : undefined);

/** ValidateServerName of the controller's parser: with variables of nginx, too. */
const serverName: Canonical = (raw) => (regexChars.test(raw.trim()) ? text(raw) : undefined);

/** Defaults: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxyssl/main.go */
export const table: SettingTable<Key> = {
  'proxy-ssl-secret': { meaning: 'shows the backend this client certificate and holds the CA to verify the backend with', canonical: form(basicChars) },
  'proxy-ssl-verify': { meaning: 'verifies the certificate of the backend', canonical: onOffInLine, initial: 'off', idle: withSecret },
  'proxy-ssl-verify-depth': { meaning: 'bounds the certificate chain of the backend', canonical: integer, initial: '1', idle: withSecret, breaks: negative },
  'proxy-ssl-name': { meaning: 'expects this name in the certificate of the backend', canonical: serverName, idle: withSecret },
  'proxy-ssl-server-name': { meaning: 'names the host to the backend when TLS begins (SNI)', canonical: onOffInLine, initial: 'off', idle: withSecret },
  'proxy-ssl-ciphers': { meaning: 'offers the backend these ciphers', canonical: form(backendCiphers), initial: 'DEFAULT', idle: withSecret },
  'proxy-ssl-protocols': { meaning: 'offers the backend these versions of TLS', canonical: form(backendProtocols), initial: 'TLSv1.2', idle: withSecret },
};
export const meanings = meaningsOf(table);

const tlsProtocols: ReadonlySet<string> = new Set(['HTTPS', 'GRPCS', 'AUTO_HTTP']);

/** What the Ingress says of TLS towards its backends, with what its Secret is known to hold. */
export interface BackendTls {
  readonly reading: SettingsReading<Key>;
  readonly secret: SecretName | undefined;
  /** False only when the Secret is in the input and has none. */
  readonly hasCa: boolean;
  /** Undefined while the Secret is not in the input. */
  readonly hasCertificate: boolean | undefined;
}

export function readBackendTls(input: Input): BackendTls {
  const { ingress, settings, inventory } = input;
  const reading = readSettings(input, keys, table);
  const named = reading.set.get('proxy-ssl-secret')?.value ?? '';
  // A name without its namespace denies the paths of the Ingress and lends nothing to those of others (ParseNameNS in proxyssl/main.go).
  const secret = named.indexOf('/') > 0 ? parseSecretName(named, ingress.ref.namespace, settings) : undefined;
  const held = secret === undefined ? undefined : inventory.secrets.get(objectKey(secret.namespace, secret.name))?.keys;
  const known = held !== undefined && held.size > 0;
  return { reading, secret, hasCa: !known || held.has('ca.crt'), hasCertificate: known ? held.has('tls.crt') && held.has('tls.key') : undefined };
}

export const inputOf = (ingress: Ingress, { settings, inventory }: Input): Input => ({ ingress, settings, inventory, get: siblingsOf(ingress, settings) });

/** Nothing of the proxy_ssl directives is used towards a backend that is spoken to without TLS. */
export const speaksTls = (input: Pick<Input, 'ingress' | 'settings'>): boolean => tlsProtocols.has(protocolOf(siblingText(input)));

/** What tells two Ingresses of one Service apart, where its TLS is concerned. */
function manner(input: Input): string {
  const of = siblingText(input);
  return speaksTls(input) ? `tls ${(['proxy-ssl-secret', 'proxy-ssl-verify', 'proxy-ssl-name'] as const).map((name) => of(name).trim()).join(' ')}` : 'plain';
}

/** Other Ingresses that speak to the same Service and port in another way: a policy of the Service would change them too. */
function otherwise(input: Input, { backend }: Location): readonly string[] {
  if (backend.kind !== 'service') return [];
  const own = manner(input);
  const others = backend.upstream.ingresses.filter((other) => other !== input.ingress && manner(inputOf(other, input)) !== own);
  return others.map(({ ref }) => `${ref.namespace}/${ref.name}`).sort();
}

/** The intent of `tls` on a location of `input`'s Ingress: its own settings, or those of another Ingress of the host. */
export function intentOf(tls: BackendTls, input: Input, location: Location): BackendTlsIntent | undefined {
  const { secret, hasCa, hasCertificate } = tls;
  const { set } = tls.reading;
  if (secret === undefined) return undefined;
  const of = (name: Key): string => set.get(name)?.value ?? '';
  return {
    kind: 'backend-tls',
    from: usesOf(set),
    secret,
    // Without a CA the template writes none of verify, depth, ciphers and protocols.
    verify: hasCa && of('proxy-ssl-verify') === 'on',
    depth: Math.max(1, Number(of('proxy-ssl-verify-depth') || 1)),
    name: of('proxy-ssl-name'),
    serverName: of('proxy-ssl-server-name') === 'on',
    clientCertificate: hasCertificate,
    ciphers: hasCa ? of('proxy-ssl-ciphers') : '',
    protocols: hasCa ? of('proxy-ssl-protocols').split(/\s+/).filter((version) => version !== '') : [],
    otherwise: otherwise(input, location),
  };
}
