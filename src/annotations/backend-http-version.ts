import { defineFamily } from './define.ts';
import { protocolOf, type Idle } from './idle.ts';
import { meaningsOf, readSettings, usesOf, type SettingTable } from './setting.ts';
import { oneOf } from './spelling.ts';

const ownProtocols: ReadonlySet<string> = new Set(['GRPC', 'GRPCS', 'FCGI']);

/** grpc_pass and fastcgi_pass do not read proxy_http_version: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version */
const anotherProtocol: Idle = (siblings) => {
  const protocol = protocolOf(siblings);
  return ownProtocols.has(protocol) ? `the backend is spoken to in ${protocol}` : undefined;
};

const keys = ['proxy-http-version'] as const;
const table: SettingTable<(typeof keys)[number]> = {
  'proxy-http-version': { meaning: 'speaks this version of HTTP to the backend', canonical: oneOf('1.0', '1.1'), initial: '1.1', setting: 'proxy-http-version', idle: anotherProtocol },
};

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxy/main.go */
export const backendHttpVersion = defineFamily({
  id: 'backend-http-version',
  keys,
  codes: {},
  intents: ['backend-http-version'],
  meanings: meaningsOf(table),
  docs: {
    nginx: 'Speaks HTTP/1.1 to the backend, or HTTP/1.0 when told so: one connection per request, no chunked bodies, no WebSockets.',
    gateway: 'Nothing: gateways speak HTTP/1.1, or HTTP/2 where appProtocol of the Service port says so.',
    loss: 'A backend that was given HTTP/1.0 gets HTTP/1.1, with connections that stay open and chunked bodies.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    return set.size === 0 ? rest : { ...rest, intents: [{ kind: 'backend-http-version', from: usesOf(set), version: '1.0' }] };
  },
});
