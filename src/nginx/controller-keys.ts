import { raise, type Finding } from '../diagnostics/finding.ts';
import type { ConfigMap } from '../model/inventory.ts';
import { compareText } from '../model/object.ts';
import { codes } from './controller-codes.ts';
import { parseBoolean } from './values.ts';

/**
 * Keys of the ConfigMap that change what clients or backends see on every host and that no stage converts.
 * Source: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
 */
const protections = new Set(['block-cidrs', 'block-user-agents', 'block-referers', 'enable-modsecurity', 'enable-owasp-modsecurity-crs', 'ssl-reject-handshake']);
const snippets = new Set(['main-snippet', 'http-snippet', 'server-snippet', 'location-snippet', 'stream-snippet', 'modsecurity-snippet']);
const settings = new Set([
  'add-headers',
  'allow-backend-server-header',
  'compute-full-forwarded-for',
  'custom-http-errors',
  'disable-proxy-intercept-errors',
  'enable-brotli',
  'enable-opentelemetry',
  'enable-real-ip',
  'enable-underscores-in-headers',
  'hide-headers',
  'ignore-invalid-headers',
  'large-client-header-buffers',
  'limit-rate',
  'load-balance',
  'proxy-buffer-size',
  'proxy-buffering',
  'proxy-cookie-domain',
  'proxy-cookie-path',
  'proxy-real-ip-cidr',
  'proxy-request-buffering',
  'proxy-set-headers',
  'relative-redirects',
  'server-tokens',
  'ssl-ciphers',
  'ssl-protocols',
  'use-gzip',
]);

/** Directives of a snippet that can refuse a request. Source: https://nginx.org/en/docs/dirindex.html */
const refusing = /\b(?:deny|allow|auth_basic|auth_request|auth_jwt|limit_req|limit_conn|satisfy|valid_referers|ssl_verify_client|modsecurity|access_by_lua\w*|return\s+4\d\d)\b/;

/** Off is the default of every boolean in the tables. */
const isOff = (raw: string): boolean => raw.trim() === '' || parseBoolean(raw.trim()) === false;

function kindOf(key: string, raw: string): 'controller/protection-lost' | 'controller/snippet-lost' | 'controller/setting-lost' | undefined {
  if (isOff(raw)) return undefined;
  if (protections.has(key)) return 'controller/protection-lost';
  if (snippets.has(key)) return refusing.test(raw) ? 'controller/protection-lost' : 'controller/snippet-lost';
  return settings.has(key) ? 'controller/setting-lost' : undefined;
}

/** One finding per key that is set and goes nowhere, sorted by key. */
export function unconvertedKeys(configMap: ConfigMap): readonly Finding[] {
  const { ref, origin, data } = configMap;
  return [...data.keys()].sort(compareText).flatMap((key) => {
    const code = kindOf(key, data.get(key) ?? '');
    if (code === undefined) return [];
    const subject = { object: ref, origin: { ...origin, path: [...origin.path.slice(0, -2), 'data', key] } };
    return [raise(codes, code, subject, { key })];
  });
}
