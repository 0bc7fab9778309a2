import * as fc from 'fast-check';
import { annotationTable } from '../../src/nginx/annotation-table.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const names = ['web', 'api', 'shop', 'docs'] as const;
const hosts = ['shop.example.com', 'api.example.com', '*.example.com', 'a-b.com', 'a.b.com', ''] as const;
const paths = ['/', '/foo', '/foo/', '/foo/bar', '/Foo', '/api/v[0-9]+', '/svc(/|$)(.*)', '/a|/b', '/x y', '/foo%20', '/re(?=x)', '//x', ''] as const;
const pathTypes = ['Prefix', 'Exact', 'ImplementationSpecific'] as const;

const values = [
  'true', 'false', 'on', 'off', '', ' ', '0', '1', '-1', '60', '60s', '10m', '1.5m', '/', '/$2', '/app', 'https://example.org/x', 'http://auth.default.svc.cluster.local/check',
  'https://auth.example.org/verify?rd=$request_uri', '10.0.0.0/8', '10.0.0.1,192.168.0.0/16', '300.1.1.1/99', 'cookie', 'basic', 'digest', 'default/users', 'HTTPS', 'GRPC', 'grpcs', 'FCGI', '*', 'https://*.example.com',
  'GET, POST', 'error timeout http_503', 'more_set_headers "X-A: b";', 'deny all;', 'return 403;', '$request_uri', '{{ .Values.x }}', '${VAR}', 'é\u0000\n', '301', '308', '999', '100%',
] as const;

const annotationKey = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.keys(annotationTable)).map((name) => `nginx.ingress.kubernetes.io/${name}`) },
  { weight: 1, arbitrary: fc.constantFrom('nginx.ingress.kubernetes.io/rate-limit', 'cert-manager.io/cluster-issuer', 'external-dns.alpha.kubernetes.io/hostname', 'example.com/owner', 'kubernetes.io/ingress.class', 'rewrite-target') },
);

const annotationValue = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) });

const backend = fc.record({
  service: fc.record({ name: fc.constantFrom(...names), port: fc.oneof(fc.record({ number: fc.constantFrom(80, 8080) }), fc.record({ name: fc.constant('http') })) }),
});

const path = fc.record({ path: fc.constantFrom(...paths), pathType: fc.constantFrom(...pathTypes), backend });

const rule = fc.record({ host: fc.constantFrom(...hosts), http: fc.record({ paths: fc.array(path, { minLength: 1, maxLength: 4 }) }) });

const tls = fc.record({ hosts: fc.array(fc.constantFrom('shop.example.com', 'api.example.com', '*.example.com'), { maxLength: 2 }), secretName: fc.constantFrom('tls-a', 'tls-b', '') });

/** An Ingress the API server would take, with every annotation known to ingress-nginx and values from sensible to absurd. */
export const ingress: fc.Arbitrary<Json> = fc
  .record({
    name: fc.constantFrom('one', 'two', 'three', 'four', 'five'),
    namespace: fc.constantFrom('shop', 'team'),
    annotations: fc.dictionary(annotationKey, annotationValue, { maxKeys: 6 }),
    created: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    rules: fc.array(rule, { maxLength: 3 }),
    tls: fc.array(tls, { maxLength: 2 }),
    defaultBackend: fc.option(backend, { nil: undefined }),
  })
  .map(({ name, namespace, annotations, created, rules, tls: entries, defaultBackend }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations, ...(created === undefined ? {} : { creationTimestamp: `2024-01-0${created + 1}T00:00:00Z` }) },
    spec: { ingressClassName: 'nginx', rules, tls: entries, ...(defaultBackend === undefined ? {} : { defaultBackend }) },
  }));

/** Distinct objects: the same name twice is another matter. */
export const ingresses: fc.Arbitrary<readonly Json[]> = fc.uniqueArray(ingress, {
  maxLength: 4,
  selector: (value) => {
    const { metadata } = value as unknown as { metadata: { name: string; namespace: string } };
    return `${metadata.namespace}/${metadata.name}`;
  },
});

const hostileScalar: fc.Arbitrary<Json> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom<Json>(null, true, -1, 1e308, 65536, '', '__proto__', 'constructor', '*.', '..', '-a-', 'A_B', '1.2.3.4', 'x'.repeat(300), [], {}),
);

/** Replaces values anywhere in an Ingress by values of any type. */
export const hostileIngress: fc.Arbitrary<Json> = fc.tuple(ingress, fc.infiniteStream(fc.tuple(fc.integer({ min: 0, max: 9 }), hostileScalar))).map(([value, stream]) => {
  const mutate = (node: Json, depth: number): Json => {
    const next = stream.next();
    const [dice, scalar] = next.done === true ? [1, null] : next.value;
    if (dice === 0 && depth > 1) return scalar;
    if (Array.isArray(node)) return node.map((item: Json) => mutate(item, depth + 1));
    if (node !== null && typeof node === 'object') return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, mutate(item, depth + 1)]));
    return node;
  };
  return mutate(value, 0);
});

/** The same value with the keys of every map in the opposite order. */
export function reversedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => reversedKeys(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversedKeys(item)]),
  );
}

/** One JSON document each: valid YAML, and no writer of the product is involved. */
export const stream = (objects: readonly unknown[]): string => objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
