import * as fc from 'fast-check';
import { habitualIngresses } from '../properties/arbitrary-habits.ts';
import { ingresses } from '../properties/arbitrary-ingress.ts';
import { references, unfitAnnotation } from './exclusions.ts';
import { paths, settings, telling } from './values.ts';
import type { KubernetesObject } from '../traffic/object.ts';

const prefix = 'nginx.ingress.kubernetes.io/';

type Texts = Readonly<Record<string, string>>;

interface Rule {
  readonly host: string;
  readonly http: { readonly paths: readonly { readonly path: string; readonly pathType: string; readonly backend: unknown }[] };
}

interface Shape {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly annotations: Texts; readonly creationTimestamp?: string };
  readonly spec: { readonly rules: readonly Rule[]; readonly tls: readonly { readonly hosts: readonly string[] }[]; readonly defaultBackend?: unknown };
}

const annotation = fc.constantFrom(...telling).chain(([name, values]) => fc.tuple(fc.constant(prefix + name), fc.constantFrom(...values)));
const annotations = fc.array(annotation, { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs));

/** Half of the paths of a set come from the list of this test, the others from those of the properties. */
const otherPaths = fc.array(fc.option(fc.constantFrom(...paths), { nil: undefined }), { minLength: 16, maxLength: 16 });

type Drawn = readonly [shapes: readonly Shape[], chosen: readonly Texts[] | undefined, paths: readonly (string | undefined)[]];

const drawn = (shapes: fc.Arbitrary<readonly unknown[]>, own: boolean): fc.Arbitrary<Drawn> =>
  shapes.chain((list) => fc.tuple(fc.constant(list as readonly Shape[]), own ? fc.constant(undefined) : fc.array(annotations, { minLength: list.length, maxLength: list.length }), otherPaths));

/** Values that mean something, as people write them, and any value of any annotation. */
const sets = fc.oneof({ weight: 4, arbitrary: drawn(ingresses, false) }, { weight: 2, arbitrary: drawn(habitualIngresses, true) }, { weight: 2, arbitrary: drawn(ingresses, true) });

/** Where a set stands among those served with it. */
interface Place {
  readonly set: string;
  /** One set at a time may speak for unknown hosts. */
  readonly catchAll: boolean;
  /** Whether the controller writes paths in quotes, as 1.12 and later do. */
  readonly quotes: boolean;
}

const unquotable = /[\s;{}"']/;

function rulesOf({ spec }: Shape, others: (string | undefined)[], { set, catchAll, quotes }: Place): readonly Rule[] {
  return spec.rules
    .filter(({ host }) => host !== '' || catchAll)
    .map(({ host, http }) => ({
      host: host === '' ? '' : `${host}.${set}`,
      http: { paths: http.paths.map((one) => ({ ...one, path: others.shift() ?? one.path })).filter(({ path }) => quotes || !unquotable.test(path)) },
    }))
    .filter(({ http }) => http.paths.length > 0 || spec.defaultBackend !== undefined);
}

/** Names of other sets must not meet, save that an alias may. */
const renamed = (value: string, set: string): string => value.replaceAll('SET', set).replace(/\b(alias|Other)\.(example\.com|Example\.Org)/g, `$1.$2.${set}`);

/** Gives an Ingress names of its own, so that many sets can be served at once; undefined when nothing is left of it. */
function settle(shape: Shape, chosen: Texts, others: (string | undefined)[], place: Place): KubernetesObject | undefined {
  const { metadata, spec } = shape;
  const { defaultBackend, ...rest } = spec;
  const rules = rulesOf(shape, others, place);
  if (rules.length === 0 && (defaultBackend === undefined || !place.catchAll)) return undefined;
  const twins = rules.some(({ host }) => host.startsWith('*'));
  const kept = Object.entries(chosen).filter(([key, value]) => {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
    // A wildcard with it becomes the name www.*.x, which nginx refuses.
    return name !== undefined && unfitAnnotation(name, value) === undefined && !(references.includes(name) && value !== '') && !(twins && name === 'from-to-www-redirect');
  });
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadata, namespace: `${metadata.namespace}-${place.set.split('.', 1)[0] ?? ''}`, annotations: Object.fromEntries(kept.map(([key, value]) => [key, renamed(value, place.set)])) },
    spec: {
      ...rest,
      ...(defaultBackend === undefined ? {} : { defaultBackend }),
      ...(rules.length === 0 ? {} : { rules }),
      tls: spec.tls.map((entry) => ({ ...entry, hosts: entry.hosts.map((host) => `${host}.${place.set}`) })),
    },
  };
}

/** Sets that are served together, and the controller's ConfigMap for them. */
export interface Batch {
  readonly settings: Texts;
  readonly sets: readonly (readonly KubernetesObject[])[];
}

const batchSize = 20;

/** Sets of Ingresses that share hosts, the same for the same seed. */
export function sampleBatches(seed: number, count: number, quotes: boolean): readonly Batch[] {
  const all = fc.sample(sets, { seed, numRuns: count });
  const maps = fc.sample(settings, { seed, numRuns: Math.ceil(count / batchSize) });
  return maps.map((data, number): Batch => ({
    settings: data,
    sets: all.slice(number * batchSize, (number + 1) * batchSize).map(([shapes, chosen, drawnPaths], position) => {
      const others = [...drawnPaths];
      const place = { set: `s${number * batchSize + position}.test`, catchAll: position === 0, quotes };
      return shapes.map((shape, index) => settle(shape, chosen?.[index] ?? shape.metadata.annotations, others, place)).filter((object) => object !== undefined);
    }),
  }));
}
