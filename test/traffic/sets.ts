import * as fc from 'fast-check';
import { ingresses } from '../properties/arbitrary-ingress.ts';
import type { KubernetesObject } from './object.ts';

const prefix = 'nginx.ingress.kubernetes.io/';

/** Values that mean something, beside some that do not. `SET` becomes the name of the set. */
export const sensible: Readonly<Record<string, readonly string[]>> = {
  'rewrite-target': ['/$2', '/', '/$1', '/foo', '/new/$1', 'https://new.example.org/$1'],
  'use-regex': ['true', 'false'],
  'app-root': ['/app', '/app?x=1', 'app'],
  'x-forwarded-prefix': ['/shop', '/$1'],
  'ssl-redirect': ['true', 'false', 'maybe'],
  'force-ssl-redirect': ['true', 'false'],
  'preserve-trailing-slash': ['true'],
  'permanent-redirect': ['https://new.example.org', '/elsewhere'],
  'permanent-redirect-code': ['302', '308', '999'],
  'temporal-redirect': ['https://soon.example.org/x', 'ftp://example.org'],
  'from-to-www-redirect': ['true', 'false'],
  'server-alias': ['alias.SET', '*.alias.SET', '~^re[0-9]+\\.SET$', 'alias.SET,other.SET'],
  'upstream-vhost': ['inner.example.org', '$service_name.$namespace.svc', '$host'],
  'enable-cors': ['true', 'True', 'false'],
  'cors-allow-origin': ['*', 'https://a.example.org', 'https://*.example.org,https://b.example.net:8443', ''],
  'cors-allow-methods': ['GET, POST', 'GET; POST'],
  'cors-allow-headers': ['X-One,X-Two'],
  'cors-allow-credentials': ['false'],
  'cors-expose-headers': ['*', 'X-Three'],
  'cors-max-age': ['600', 'long'],
  'allowlist-source-range': ['10.0.0.0/8', '192.0.2.0/24', '10.98.0.1,192.0.2.1', '300.1.1.1'],
  'denylist-source-range': ['10.98.0.0/16', '192.0.2.0/24'],
  'auth-type': ['basic'],
  'auth-secret': ['users'],
  'auth-realm': ['Members', 'off'],
  'auth-url': ['http://auth.example.org/check', 'https://auth.example.org/check'],
  satisfy: ['any', 'all'],
  'limit-rps': ['1000000', '0'],
  canary: ['true', 'false'],
  'canary-weight': ['0', '30', '100'],
  'canary-by-header': ['X-Canary'],
  'canary-by-header-value': ['yes'],
  'canary-by-header-pattern': ['^y', '(['],
  'canary-by-cookie': ['canary'],
  'backend-protocol': ['HTTPS', 'GRPC', 'HTTP', 'nonsense'],
  'proxy-body-size': ['8m', 'big'],
  'proxy-read-timeout': ['30'],
  affinity: ['cookie'],
};

const annotation = fc.constantFrom(...Object.entries(sensible)).chain(([name, values]) => fc.tuple(fc.constant(name), fc.constantFrom(...values)));
const annotations = fc.array(annotation, { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs));

interface Shape {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly annotations: Readonly<Record<string, string>>; readonly creationTimestamp?: string };
  readonly spec: {
    readonly rules: readonly { readonly host: string; readonly http: { readonly paths: readonly { readonly path: string }[] } }[];
    readonly tls: readonly { readonly hosts: readonly string[] }[];
  };
}

/** Left out by this controller, which writes such paths without quotes: nginx then refuses everything. */
const unquotable = /[\s;{}"']/;

/** Gives a set names of its own, so that many can be served at once. Rules without a host cannot: they are for all unknown hosts. */
function place(shape: Shape, set: string): KubernetesObject {
  const host = (name: string): string => `${name}.${set}`;
  const { metadata, spec } = shape;
  const rules = spec.rules.filter((rule) => rule.host !== '').map((rule) => ({ ...rule, host: host(rule.host), http: { paths: rule.http.paths.filter(({ path }) => !unquotable.test(path)) } }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      ...metadata,
      namespace: `${metadata.namespace}-${set.split('.', 1)[0] ?? ''}`,
      annotations: Object.fromEntries(Object.entries(metadata.annotations).map(([name, value]) => [prefix + name, value.replaceAll('SET', set)])),
    },
    spec: { ...spec, rules, tls: spec.tls.map((entry) => ({ ...entry, hosts: entry.hosts.map(host) })) },
  };
}

const sets = ingresses.chain((shapes) => fc.tuple(fc.constant(shapes as unknown as readonly Shape[]), fc.array(annotations, { minLength: shapes.length, maxLength: shapes.length })));

/**
 * Sets of Ingresses that share hosts, the same for the same seed.
 * @public of the tests that run against gateways
 */
export function sampleSets(seed: number, count: number): readonly (readonly KubernetesObject[])[] {
  return fc.sample(sets, { seed, numRuns: count }).map(([shapes, chosen], number) =>
    shapes.map((shape, index) => place({ ...shape, metadata: { ...shape.metadata, annotations: chosen[index] ?? {} } }, `s${number}.test`)).filter(({ spec }) => (spec as Shape['spec']).rules.length > 0),
  );
}
