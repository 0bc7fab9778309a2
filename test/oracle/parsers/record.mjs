// Asks the controller's own parsers and template what values of annotations come to, and writes ../../unit/annotations/controller-values.json.
// Usage: GWMIGRATE_ORACLE_SOURCE=checkout-of-ingress-nginx node test/oracle/parsers/record.mjs
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../../', import.meta.url).pathname;
const source = process.env.GWMIGRATE_ORACLE_SOURCE;
if (source === undefined) throw new Error('GWMIGRATE_ORACLE_SOURCE has to name a checkout of kubernetes/ingress-nginx');

const read = (file) => readFileSync(join(root, file), 'utf8');
const names = [...read('src/nginx/annotation-table.ts').matchAll(/^  '?([a-z0-9-]+)'?: \{ group: '([a-z0-9-]+)'/gm)].filter(([, , group]) => group !== 'removed').map(([, name]) => name);
const examples = new Map([...read('src/annotations/examples.ts').matchAll(/^  '?([a-z0-9-]+)'?: '(.*)',$/gm)].map(([, name, value]) => [name, value]));

/** Slips of numbers, booleans and switches. */
const words = ['', ' ', 'x', 'yes', 'true', 'True', 'tRue', ' true', '"true"', 'true,', 't', 'false', '0', '1', '-1', '+5', '5', ' 5', '5 ', '05', '1.5', '5s', '5k', '5K', '5b', '5g', '5 m', 'on', 'off', 'On', ' on', 'on\n', '2147483648', '9223372036854775808'];
/** Slips of everything else. */
const texts = [
  ...['', ' ', 'x', '5', 'true', 'a b', ' a', 'a,b', 'a, b,', 'a;b', 'a\n', '"a"', '$host', '${host}-x', '$1', 'é', '{', '(x', '*', '/', '/x', '/x y', '/x?a=1', '/$1', 'x.test', '*.x.test'],
  ...['https://x.test', 'http://x.test:99999', 'https://x.test/a?b=c&d=e', 'https://x.test$request_uri', 'http://x..test', '//x.test', '10.0.0.0/8', '10.0.0.0/33', '10.0.0.0/8, 192.0.2.1', '10.0.0.0/8,', '::ffff:10.0.0.1'],
  ...['shop/users', 'users', 'a/b/c', '/users', 'other/users', 'GET', 'get', 'GET, POST', 'basic', 'Basic', '404', '404, 503', '404 503', '600', '8m', '16 k', '200 202 10m', 'X-One, X-Two', 'X One', 'CN=x', 'CN=(x', 'CN=(?!x)'],
  ...['TLSv1.2 TLSv1.3', 'HTTPS', 'https', 'none', 'off', 'error timeout', 'a.internal b.test', '/a/ /b/'],
];

const beside = (annotations = {}, more = {}) => ({ annotations, ...more });
/** What has to stand beside an annotation for it to be read. */
const contexts = {};
const set = (list, ...places) => {
  for (const name of list) contexts[name] = places;
};
const startsWith = (start) => names.filter((name) => name.startsWith(start));
set(startsWith('cors-'), beside({ 'enable-cors': 'true' }));
set(['canary-by-header', 'canary-by-cookie', 'canary-weight'], beside({ canary: 'true' }, { canary: true }));
set(['canary-by-header-value', 'canary-by-header-pattern'], beside({ canary: 'true', 'canary-by-header': 'X-C' }, { canary: true }));
set(['canary-weight-total'], beside({ canary: 'true', 'canary-weight': '30' }, { canary: true }));
set(['canary'], beside({}, { canary: true }), beside({ 'canary-weight': '30' }, { canary: true }));
set(['affinity-canary-behavior'], beside({ canary: 'true', affinity: 'cookie' }, { canary: true }), beside({ affinity: 'cookie' }));
set([...startsWith('session-cookie-'), 'affinity-mode'], beside({ affinity: 'cookie' }));
set(['session-cookie-conditional-samesite-none'], beside({ affinity: 'cookie', 'session-cookie-samesite': 'None' }));
set(['auth-type'], beside({ 'auth-secret': 'users' }));
set(['auth-secret'], beside({ 'auth-type': 'basic' }));
set(['auth-secret-type', 'auth-realm'], beside({ 'auth-type': 'basic', 'auth-secret': 'users' }));
const url = { 'auth-url': 'http://auth.test/check' };
set(['auth-method', 'auth-signin', 'auth-response-headers', 'auth-proxy-set-headers', 'auth-request-redirect', 'auth-cache-key', 'auth-always-set-cookie', 'auth-keepalive', 'auth-snippet'], beside(url));
set(['auth-signin-redirect-param'], beside({ ...url, 'auth-signin': 'https://login.test/' }));
set(['auth-cache-duration'], beside({ ...url, 'auth-cache-key': '$remote_user' }), beside(url));
set(['auth-keepalive'], beside(url, { configMap: { 'use-http2': 'false' } }), beside(url));
set(['auth-keepalive-share-vars', 'auth-keepalive-requests', 'auth-keepalive-timeout'], beside({ ...url, 'auth-keepalive': '5' }, { configMap: { 'use-http2': 'false' } }), beside({ ...url, 'auth-keepalive': '5' }));
set(['enable-global-auth'], beside({}, { configMap: { 'global-auth-url': 'http://auth.test/global' } }));
set(startsWith('auth-tls-').filter((n) => n !== 'auth-tls-secret'), beside({ 'auth-tls-secret': 'shop/ca' }));
set(startsWith('proxy-ssl-').filter((n) => n !== 'proxy-ssl-secret'), beside({ 'proxy-ssl-secret': 'shop/ca', 'backend-protocol': 'HTTPS' }));
set(['proxy-ssl-secret'], beside({ 'backend-protocol': 'HTTPS' }));
set(['limit-burst-multiplier', 'limit-allowlist', 'limit-whitelist'], beside({ 'limit-rps': '5' }));
set(['limit-whitelist'], beside({ 'limit-rps': '5' }), beside({ 'limit-rps': '5', 'limit-allowlist': '10.0.0.0/8' }));
set(['limit-rate'], beside({ 'proxy-buffering': 'on' }));
set(['limit-rate-after'], beside({ 'proxy-buffering': 'on', 'limit-rate': '100' }));
set(['permanent-redirect-code'], beside({ 'permanent-redirect': 'https://x.test' }), beside({ 'temporal-redirect': 'https://x.test' }));
set(['permanent-redirect'], beside({ 'temporal-redirect': 'https://t.test' }));
set(['temporal-redirect'], beside({ 'permanent-redirect': 'https://p.test' }));
set(['temporal-redirect-code'], beside({ 'temporal-redirect': 'https://x.test' }), beside({ 'permanent-redirect': 'https://x.test' }));
set(['relative-redirects', 'use-port-in-redirects'], beside({ 'permanent-redirect': '/x' }));
set(['proxy-redirect-to'], beside({ 'proxy-redirect-from': 'http://a/' }));
set(['proxy-redirect-from'], beside({ 'proxy-redirect-to': '/' }));
set(['upstream-hash-by-subset'], beside({ 'upstream-hash-by': '$request_uri' }));
set(['upstream-hash-by-subset-size'], beside({ 'upstream-hash-by': '$request_uri', 'upstream-hash-by-subset': 'true' }));
set(['satisfy'], beside({ 'allowlist-source-range': '10.0.0.0/8', 'auth-type': 'basic', 'auth-secret': 'users' }));
set(['allowlist-source-range'], beside({ 'whitelist-source-range': '10.0.0.0/8' }));
set(['whitelist-source-range'], beside({ 'allowlist-source-range': '10.0.0.0/8' }), beside({ 'allowlist-source-range': '' }));
set(['disable-proxy-intercept-errors'], beside({ 'custom-http-errors': '404' }));
set(['default-backend'], beside({ 'custom-http-errors': '404' }));
set(['fastcgi-index', 'fastcgi-params-configmap'], beside({ 'backend-protocol': 'FCGI' }));
set(['mirror-request-body', 'mirror-host'], beside({ 'mirror-target': 'https://m.test/x' }));
set(['enable-owasp-core-rules', 'modsecurity-transaction-id', 'modsecurity-snippet'], beside({ 'enable-modsecurity': 'true' }));
set(['enable-modsecurity'], beside({}, { configMap: { 'enable-modsecurity': 'true' } }));
set(startsWith('opentelemetry-'), beside({ 'enable-opentelemetry': 'true' }));
set(['enable-opentelemetry'], beside({}, { configMap: { 'enable-opentelemetry': 'true' } }));
set(['x-forwarded-prefix'], beside({ 'rewrite-target': '/x' }));
set(['use-regex'], beside({ 'rewrite-target': '/x' }));
set(['proxy-busy-buffers-size', 'proxy-max-temp-file-size', 'proxy-buffers-number'], beside({ 'proxy-buffering': 'on' }));
set(['ssl-redirect'], beside({ 'force-ssl-redirect': 'true' }));
set(['force-ssl-redirect'], beside({ 'ssl-redirect': 'false' }));

const places = names.flatMap((name) => [beside(), ...(contexts[name] ?? [])].map((place) => ({ name, ...place })));
const cases = places.flatMap(({ name, annotations, canary = false, configMap = {} }, place) => {
  const example = examples.get(name) ?? '';
  const values = new Set([...(/^(?:true|false|\d+|on|off)$/.test(example) ? words : texts), example, ` ${example}`, `${example}\n`, example.toUpperCase()]);
  return [...values].map((value) => ({ id: String(place), value, canary, configMap, base: annotations, annotations: { ...annotations, [name]: value } }));
});

const folder = mkdtempSync(join(tmpdir(), 'gwmigrate-parsers-'));
const [input, output] = [join(folder, 'cases.jsonl'), join(folder, 'verdicts.jsonl')];
writeFileSync(input, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
copyFileSync(join(root, 'test/oracle/parsers/recorder_test.go'), join(source, 'internal/ingress/controller/zz_recorder_test.go'));
const env = { ...process.env, GOFLAGS: '-mod=mod -buildvcs=false', RECORDER_IN: input, RECORDER_OUT: output };
execFileSync('go', ['test', '-count=1', '-run', 'TestRecord', './internal/ingress/controller/'], { cwd: source, env, stdio: ['ignore', 'ignore', 'inherit'] });

const verdicts = readFileSync(output, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
const rows = places.map(({ name, annotations, canary, configMap }, place) => {
  const row = { name, with: annotations, canary, configMap, dropped: [], denied: [], absent: [], inForce: [] };
  const groups = new Map();
  for (const [at, verdict] of verdicts.entries()) {
    if (verdict.id !== String(place)) continue;
    const { value } = cases[at];
    if (verdict.dropped !== undefined) row.dropped.push(value);
    else if (verdict.same) row.absent.push(value);
    else if (verdict.denied !== undefined) row.denied.push(value);
    else if (groups.has(verdict.diff)) groups.get(verdict.diff).push(value);
    else groups.set(verdict.diff, [value]);
  }
  return { ...row, inForce: [...groups.values()] };
});
writeFileSync(join(root, 'test/unit/annotations/controller-values.json'), `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
