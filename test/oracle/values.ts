import * as fc from 'fast-check';
import { sensible } from '../traffic/sets.ts';

/** Further values of annotations, some of which mean something. `SET` becomes the name of the set. */
const more: Readonly<Record<string, readonly string[]>> = {
  'rewrite-target': ['/foo/', '/$1/$3', 'x/y', '/a?b=c', '/$host/$1', '//$1'],
  'use-regex': ['True', 'yes', '1'],
  'app-root': ['/a b', '/$host'],
  'x-forwarded-prefix': ['true', '/a;b'],
  'ssl-redirect': ['False'],
  'permanent-redirect': ['ftp://example.org/x', 'https://new.example.org/?a=b', ''],
  'permanent-redirect-code': ['300', '304'],
  'temporal-redirect': ['/relative', ''],
  'server-alias': ['shop.example.com.SET', 'ALIAS.SET', ' alias.SET , other.SET'],
  'upstream-vhost': ['$http_host', '$service_port.x'],
  'cors-allow-origin': ['null', 'a.test', 'https://a.test;x', 'http://*.a-b.org:8080', 'https://a.example.org,*', 'https://A.example.org, https://b.example.org'],
  'cors-allow-methods': ['get'],
  'cors-allow-headers': ['X One', '*'],
  'cors-allow-credentials': ['no', 'true'],
  'cors-expose-headers': ['X-Three, X-Four', 'X;Y'],
  'cors-max-age': ['-5', '0'],
  'allowlist-source-range': ['', ' ', '2001:db8::/32', '198.18.0.0/15, 10.0.0.1/8'],
  'whitelist-source-range': ['192.0.2.0/24', '', '198.18.0.0/15', 'x'],
  'denylist-source-range': ['198.18.0.0/15', '', '2001:db8::1'],
  'auth-type': ['Basic', 'basic '],
  'auth-secret': ['shop/users', 'a/b/c'],
  'auth-secret-type': ['auth-map', 'auth-file', 'x'],
  'auth-realm': ['a"b', 'Two words'],
  'auth-url': ['http://auth.example.org/check?x=$request_uri', 'auth.example.org', '/check'],
  'auth-method': ['POST', 'post', 'FETCH'],
  'auth-signin': ['https://login.example.org/start', 'https://login.example.org/start?rd=$escaped_request_uri'],
  'auth-response-headers': ['X-User', 'X-User, X-Email', 'X User;'],
  'auth-request-redirect': ['https://x.example.org/y', 'https://x.example.org$request_uri'],
  'auth-always-set-cookie': ['true', 'maybe'],
  'auth-cache-duration': ['200 202 10m', 'x', '200;10m'],
  'enable-global-auth': ['false', 'true'],
  satisfy: ['some'],
  'auth-tls-secret': ['shop/ca', 'ca', 'shop-SETNAME/ca'],
  'auth-tls-verify-client': ['on', 'off', 'optional', 'optional_no_ca', 'maybe'],
  'limit-rps': ['-1'],
  'limit-rpm': ['1000000'],
  'limit-connections': ['60000'],
  'limit-allowlist': ['10.0.0.0/8', 'x'],
  canary: ['true', 'true', 'True'],
  'canary-weight': ['150', '-1', '30.5'],
  'canary-weight-total': ['200', '10', '1000'],
  'canary-by-header': ['X Canary'],
  'canary-by-header-value': ['y es', 'always'],
  'canary-by-header-pattern': ['a|b'],
  'canary-by-cookie': ['CANARY'],
  'backend-protocol': ['http'],
  'proxy-body-size': ['0'],
  'relative-redirects': ['true', 'false'],
  'temporal-redirect-code': ['307', '303', '200'],
  'connection-proxy-header': ['keep-alive', 'x'],
  'load-balance': ['ewma', 'round_robin', 'least_conn'],
  'upstream-hash-by': ['$request_uri', '$remote_addr'],
  'default-backend': ['errors', 'Bad_Name'],
  'custom-http-errors': ['404,503', '600'],
};

/** Values that tell annotations apart, by name without prefix. */
export const telling: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set([...Object.keys(sensible), ...Object.keys(more)])].map((name) => [name, [...(sensible[name] ?? []), ...(more[name] ?? [])]]),
);

/** Paths at which rules meet. */
export const paths = [
  '/', '/', '/foo', '/foo/', '/foo/bar', '/foo/bar/', '/FOO', '/a.b', '/id/[0-9]+$', '/x/(y|z)', '/foo//', '/é', '/foo%20x', '/b+', '/foo$', '/.well-known/acme-challenge', '/.well-known/acme-challenge/x',
  '/healthz', '/api/(?!private)', '/[a-z]{3}', '/[ab]', '/a', '/b', '/(?i)ci', '/q?', '/foo?x=1', '/(.*)', '/foo/(.*)', '/foo(/|$)(.*)', '/foo/?(.*)', '/a|/b', '/x/../y', '/x y', '/a"b', '/foo/b', '/fo', '',
] as const;

/** Keys of the controller's ConfigMap that decide about requests. */
export const settings: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .tuple(
    ...Object.entries({
      'ssl-redirect': ['false', 'true'],
      'force-ssl-redirect': ['true', 'false'],
      'preserve-trailing-slash': ['true'],
      'http-redirect-code': ['301', '302', '307', '999'],
      'use-forwarded-headers': ['true'],
      'whitelist-source-range': ['198.18.0.0/15,10.0.0.0/8', '192.0.2.0/24'],
      'denylist-source-range': ['198.18.0.0/15', '192.0.2.0/24'],
      'no-auth-locations': ['/foo', '/.well-known/acme-challenge,/a'],
      'no-tls-redirect-locations': ['/foo', ''],
      'global-auth-url': ['http://auth.example.org/global'],
      'annotation-value-word-blocklist': ['auth', 'example.org,load'],
      'allow-snippet-annotations': ['true', 'false'],
      'custom-http-errors': ['418'],
    }).map(([key, values]) => fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom<string>(...values) }).map((value) => [key, value] as const)),
  )
  .map((entries) => Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))));
