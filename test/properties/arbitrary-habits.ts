import * as fc from 'fast-check';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What people really write, one feature each: random values seldom switch anything on. */
const habits: readonly Readonly<Record<string, string>>[] = [
  {},
  {},
  { 'rewrite-target': '/$2', 'use-regex': 'true' },
  { 'rewrite-target': '/' },
  { 'rewrite-target': '/new/$1' },
  { 'use-regex': 'true' },
  { 'app-root': '/home' },
  { 'ssl-redirect': 'false' },
  { 'force-ssl-redirect': 'true' },
  { 'preserve-trailing-slash': 'true' },
  { 'from-to-www-redirect': 'true' },
  { 'permanent-redirect': 'https://new.example.org/x?y=1' },
  { 'permanent-redirect': '/elsewhere', 'permanent-redirect-code': '308' },
  { 'temporal-redirect': 'http://new.example.org' },
  { 'whitelist-source-range': '10.0.0.0/8,192.168.1.1' },
  { 'denylist-source-range': '203.0.113.0/24' },
  { 'whitelist-source-range': '' },
  { 'allowlist-source-range': '300.1.1.1' },
  { 'auth-type': 'basic', 'auth-secret': 'users' },
  { 'auth-type': 'basic', 'auth-secret': 'users', satisfy: 'any', 'whitelist-source-range': '10.0.0.0/8' },
  { 'auth-url': 'http://auth.default.svc.cluster.local/check', 'auth-signin': 'https://auth.example.org/start' },
  { 'auth-url': 'https://auth.example.org/check' },
  { 'auth-tls-secret': 'shop/ca', 'auth-tls-verify-client': 'on' },
  { 'limit-rps': '5' },
  { 'limit-connections': '10' },
  { 'enable-cors': 'true' },
  { 'enable-cors': 'true', 'cors-allow-origin': 'https://app.example.org,https://*.example.com', 'cors-allow-credentials': 'false' },
  { 'server-alias': 'alias.example.com,Other.Example.org,~^re[0-9]+' },
  { 'upstream-vhost': 'internal.example.com' },
  { 'x-forwarded-prefix': '/p', 'rewrite-target': '/$1' },
  { canary: 'true', 'canary-weight': '30' },
  { canary: 'true', 'canary-by-header': 'X-Canary' },
  { canary: 'true', 'canary-by-header': 'X-Canary', 'canary-by-header-value': 'yes', 'canary-by-cookie': 'canary' },
  { 'backend-protocol': 'HTTPS' },
  { 'backend-protocol': 'GRPC' },
  { 'ssl-passthrough': 'true' },
  { 'proxy-body-size': '20m', 'proxy-read-timeout': '120' },
];

const hosts = ['shop.example.com', 'api.example.com', '*.example.com', 'www.example.com', 'example.com', ''] as const;
const paths = ['/', '/foo', '/foo/', '/foo/bar', '/admin', '/Foo', '/api/v[0-9]+', '/svc(/|$)(.*)', '/svc/?(.*)', '/a|/b', '/x y', ''] as const;
const names = ['web', 'api', 'shop'] as const;

const prefixed = (annotations: Readonly<Record<string, string>>): Json => Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]));

const path = fc.record({
  path: fc.constantFrom(...paths),
  pathType: fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'),
  backend: fc.constantFrom(...names).map((name) => ({ service: { name, port: { number: 80 } } })),
});
const rule = fc.record({ host: fc.constantFrom(...hosts), http: fc.record({ paths: fc.array(path, { minLength: 1, maxLength: 3 }) }) });
const tls = fc.constantFrom<readonly Json[]>([], [], [{ hosts: ['shop.example.com'], secretName: 'tls-shop' }], [{ hosts: ['*.example.com'], secretName: 'tls-any' }], [{ hosts: ['example.com', 'www.example.com'], secretName: 'tls-www' }]);

const ingress: fc.Arbitrary<Json> = fc
  .record({
    name: fc.constantFrom('one', 'two', 'three', 'four'),
    namespace: fc.constantFrom('shop', 'shop', 'team'),
    annotations: fc.tuple(fc.constantFrom(...habits), fc.constantFrom(...habits)).map(([one, two]) => prefixed({ ...one, ...two })),
    created: fc.integer({ min: 1, max: 5 }),
    rules: fc.array(rule, { minLength: 1, maxLength: 2 }),
    tls,
  })
  .map(({ name, namespace, annotations, created, rules, tls: entries }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations, creationTimestamp: `2024-01-0${created}T00:00:00Z` },
    spec: { ingressClassName: 'nginx', rules, tls: entries },
  }));

/** Ingresses that share hosts and use features as people do. */
export const habitualIngresses: fc.Arbitrary<readonly Json[]> = fc.uniqueArray(ingress, { minLength: 1, maxLength: 4, selector: (value) => JSON.stringify((value as unknown as { metadata: { name: string; namespace: string } }).metadata.name) });
