import * as fc from 'fast-check';
import { annotationTable } from '../../src/nginx/annotation-table.ts';
import { controllerKeys } from '../../src/nginx/keys/table.ts';
import { fixtures } from '../support/fixtures.ts';
import { objectsOf, type KubernetesObject } from '../traffic/object.ts';

type Texts = Readonly<Record<string, string>>;

const ours = /^nginx\.ingress\.kubernetes\.io\//u;
const isText = (entry: readonly [string, unknown]): entry is readonly [string, string] => typeof entry[1] === 'string';
const textsOf = (value: unknown): Texts => Object.fromEntries(Object.entries(value ?? {}).filter(isText));

function grouped<K, V>(entries: readonly (readonly [K, V])[]): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of entries) {
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [value]);
    else known.push(value);
  }
  return groups;
}

const isController = ({ kind, metadata }: KubernetesObject): boolean => kind === 'ConfigMap' && metadata.name === 'ingress-nginx-controller';

/** What one Ingress of a fixture says, with the objects it may refer to. */
interface Habit {
  readonly annotations: Texts;
  readonly companions: readonly KubernetesObject[];
}

interface Family {
  readonly name: string;
  readonly habits: readonly Habit[];
}

/** The objects of every fixture of a family; they are readable YAML. Another prefix means other names. */
const read = fixtures
  .filter(({ name, options }) => name.startsWith('annotations/') && !options.some((option) => option.startsWith('--annotations-prefix')))
  .map(({ name, input }) => [name.split('/')[1] ?? '', objectsOf(input)] as const);

function habitsOf(objects: readonly KubernetesObject[]): readonly Habit[] {
  const companions = objects.filter((object) => ['Secret', 'ConfigMap'].includes(object.kind) && !isController(object));
  return objects
    .filter(({ kind }) => kind === 'Ingress')
    .map(({ metadata }) => ({ annotations: Object.fromEntries(Object.entries(textsOf(metadata['annotations'])).filter(([key]) => ours.test(key))), companions }))
    .filter(({ annotations }) => Object.keys(annotations).length > 0);
}

/**
 * Every annotation family with what its fixtures write: usable values, useless ones and refused ones, in the combinations that mean something.
 * A family that is new is in it with its first fixture.
 */
const families: readonly Family[] = [...grouped(read)].map(([name, inputs]) => ({ name, habits: inputs.flatMap(habitsOf) })).filter(({ habits }) => habits.length > 0);

/** Values that fixtures give a key, whatever the family. */
const valuesOf = (texts: readonly Texts[]): ReadonlyMap<string, readonly string[]> =>
  new Map([...grouped(texts.flatMap((one) => Object.entries(one)))].map(([key, values]) => [key, [...new Set(values)]]));

const annotationValues = valuesOf(families.flatMap(({ habits }) => habits.map(({ annotations }) => annotations)));
const controllerValues = valuesOf(read.flatMap(([, objects]) => objects.filter(isController).map(({ data }) => textsOf(data))));

const absurd = ['', 'true', 'false', 'off', '0', '1', '-1', '60', '10m', '/$1', '*', '10.0.0.0/8,300.1.1.1', 'shop/users', 'https://example.org/x?y=$request_uri', 'nonsense', '${VAR}', 'a"b', 'GET, POST'] as const;

const everyKey = Object.keys(annotationTable).map((name) => `nginx.ingress.kubernetes.io/${name}`);

/** The annotations as they are, or with another value of one key, out of the fixtures or fit for nothing, or with one key more. */
function varied(annotations: Texts): fc.Arbitrary<Texts> {
  const changed = (keys: readonly string[]): fc.Arbitrary<Texts> =>
    fc.constantFrom(...keys).chain((key) => fc.constantFrom(...(annotationValues.get(key) ?? []), ...absurd).map((value): Texts => ({ ...annotations, [key]: value })));
  return fc.oneof({ weight: 6, arbitrary: fc.constant(annotations) }, { weight: 2, arbitrary: changed(Object.keys(annotations)) }, { weight: 1, arbitrary: changed(everyKey) });
}

const habit: fc.Arbitrary<Habit> = fc
  .constantFrom(...families)
  .chain(({ habits }) => fc.constantFrom(...habits))
  .chain(({ annotations, companions }) => varied(annotations).map((value) => ({ annotations: value, companions })));

const hosts = ['shop.example.com', 'api.example.com', '*.example.com', 'www.example.com', 'example.com', ''] as const;
const paths = ['/', '/foo', '/foo/', '/foo/bar', '/Foo', '/api/v[0-9]+', '/svc(/|$)(.*)', '/svc/?(.*)', '/a|/b', ''] as const;

const path = fc.record({
  path: fc.constantFrom(...paths),
  pathType: fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'),
  backend: fc.constantFrom('web', 'api', 'shop').map((name) => ({ service: { name, port: { number: 80 } } })),
});
const rule = fc.record({ host: fc.constantFrom(...hosts), http: fc.record({ paths: fc.array(path, { minLength: 1, maxLength: 3 }) }) });
const tls = fc.constantFrom<readonly object[]>([], [], [{ hosts: ['shop.example.com'], secretName: 'tls-shop' }], [{ hosts: ['*.example.com'], secretName: 'tls-any' }], [{ hosts: ['example.com', 'www.example.com'], secretName: 'tls-www' }]);

const ingress = fc
  .record({
    name: fc.constantFrom('one', 'two', 'three', 'four'),
    namespace: fc.constantFrom('shop', 'shop', 'web'),
    habits: fc.array(habit, { minLength: 0, maxLength: 3 }),
    created: fc.integer({ min: 1, max: 5 }),
    rules: fc.array(rule, { minLength: 1, maxLength: 2 }),
    tls,
  })
  .map(({ name, namespace, habits, created, rules, tls: entries }) => ({
    companions: habits.flatMap((one) => one.companions),
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, namespace, annotations: Object.assign({}, ...habits.map(({ annotations }) => annotations)) as Texts, creationTimestamp: `2024-01-0${created}T00:00:00Z` },
      spec: { ingressClassName: 'nginx', rules, tls: entries },
    },
  }));

const setting = fc.constantFrom(...Object.keys(controllerKeys)).chain((key) => {
  const given = controllerValues.get(key) ?? [];
  return fc.tuple(fc.constant(key), fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...(given.length > 0 ? given : absurd)) }, { weight: 1, arbitrary: fc.constantFrom(...absurd) }));
});
const controller = fc
  .oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(setting, { minLength: 1, maxLength: 5 }) })
  .map((settings) => (settings.length === 0 ? [] : [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' }, data: Object.fromEntries(settings) }]));

/** Names of the families that the sets can hold. */
export const reachedFamilies: ReadonlySet<string> = new Set(families.map(({ name }) => name));

const nameOf = ({ kind, metadata }: Pick<KubernetesObject, 'kind' | 'metadata'>): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

/** Ingresses that share hosts and use several families each, with what they refer to and a ConfigMap of the controller. */
export const familyIngresses: fc.Arbitrary<readonly object[]> = fc
  .tuple(fc.uniqueArray(ingress, { minLength: 1, maxLength: 4, selector: ({ object }) => nameOf(object) }), controller)
  .map(([made, settings]) => {
    const companions = new Map(made.flatMap((one) => one.companions).map((object) => [nameOf(object), object]));
    return [...settings, ...companions.values(), ...made.map(({ object }) => object)];
  });
