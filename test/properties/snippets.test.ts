import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert } from '../../src/convert.ts';
import { readSnippet } from '../../src/annotations/snippets/read.ts';
import { linesOf } from '../../src/verify/nginx/snippets/text.ts';

// The same requests every day; FC_SEED asks for others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 1) });

const runs = Number(process.env['FC_RUNS'] ?? 100);

const known = [
  'more_set_headers "X-A: b";', 'add_header X-B c always;', 'proxy_set_header X-C d;', 'proxy_hide_header X-D;', 'return 301 https://www.example.com$request_uri;', 'if ($host = shop.example.com) { more_set_headers "E: f"; }',
  'if ($request_method = POST) { return 405; }', '# comment; "quoted\n', 'gzip on;', 'sub_filter a b;', 'expires 1h;', 'set $a b;', 'break;', 'if ($http_a = b) { return 302 /c; }', 'proxy_read_timeout 5;', 'location = /metrics { deny all; }', 'location /a { deny all; }', 'location ~ ^/b { return 404; }', 'allow 10.0.0.0/8;', 'location = / { return 302 https://www.example.com/; }',
];
const protective = [
  'deny all;', 'limit_req zone=a;', 'auth_basic on;', 'access_by_lua_block { if true then ngx.exit(403) end }', 'if ($http_user_agent ~ bot) { return 403; }', 'if ($arg_a != b) { return 302 /login; }',
  'location /a { auth_basic on; }', 'auth_request /check;', 'nobody_knows_this on;', 'proxy_set_header X-Auth-User $remote_user;', 'return 403;', 'proxy_pass http://10.0.0.1;', 'set $proxy_upstream_name a;',
];
const pieces = fc.constantFrom(...known, ...protective, '{', '}', ';', '"', "'", '$host', '\\', '\n', ' ', '#', 'if', '(', ')', 'location', '_by_lua_block', '[[', '--', '${', 'é', '\u0000');
const noise = fc.oneof(fc.string({ maxLength: 60 }), fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')));
const surroundings = { block: 'location', grpc: false, wholeHost: false, defaultType: 'text/html', constants: new Map([['host', 'shop.example.com']]) } as const;

function manifest(annotations: Readonly<Record<string, string>>): string {
  const keys = Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]));
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop', namespace: 'shop', annotations: keys },
    spec: { ingressClassName: 'nginx', rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } }] } }] },
  });
}

const name = fc.constantFrom('configuration-snippet', 'server-snippet');

describe('any text of a snippet', () => {
  it('is read without a throw, by both readers', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const { unread, notes } = readSnippet(text, 'location', surroundings);
        for (const { line } of [...unread, ...notes]) expect(line).toBeGreaterThan(0);
        linesOf(text);
      }),
      { numRuns: runs * 10 },
    );
  });

  it('is converted to valid objects with a closed ledger, and every difference is explained', async () => {
    await fc.assert(
      fc.asyncProperty(noise, name, async (text, key) => {
        const { migration, report } = await convert([{ kind: 'text', file: 'a.json', text: manifest({ [key]: text }) }], { verify: { requests: 60 } });
        expect(migration.findings.filter(({ code }) => code.startsWith('internal/') || code === 'annotation/unaccounted')).toEqual([]);
        expect(migration.ledger.map((entry) => entry.key)).toEqual([`nginx.ingress.kubernetes.io/${key}`]);
        expect((report.verified?.divergences ?? []).filter(({ explainedBy }) => explainedBy.length === 0)).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  it('opens nothing when it holds a protection anywhere', async () => {
    const text = fc.tuple(fc.array(fc.constantFrom(...known.filter((piece) => !piece.startsWith('return'))), { maxLength: 5 }), fc.constantFrom(...protective), fc.array(fc.constantFrom(...known), { maxLength: 5 }));
    await fc.assert(
      fc.asyncProperty(text, name, async ([before, guard, after], key) => {
        // In the server block request headers are void: every location of the controller sets its own.
        fc.pre(key === 'configuration-snippet' || !guard.startsWith('proxy_set_header'));
        const { migration } = await convert([{ kind: 'text', file: 'a.json', text: manifest({ [key]: [...before, guard, ...after].join('\n') }) }]);
        for (const rule of migration.lowered.rules) expect(rule.backendRefs, rule.id).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});
