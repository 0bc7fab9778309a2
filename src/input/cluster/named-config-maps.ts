import { isFields, type Fields } from '../reading.ts';
import { gap } from './gaps.ts';
import { getOne, type Server } from './list.ts';
import { nameOf } from './names.ts';
import { resources } from './resources.ts';
import type { Reading } from './reading.ts';

/** Annotations, without their prefix, whose value names a ConfigMap that holds headers or parameters. */
const naming = /\/(?:custom-headers|auth-proxy-set-headers|fastcgi-params-configmap)$/u;

function namedBy(ingress: Fields): readonly string[] {
  const metadata = isFields(ingress['metadata']) ? ingress['metadata'] : {};
  const annotations = isFields(metadata['annotations']) ? metadata['annotations'] : {};
  const { namespace } = nameOf(ingress);
  return Object.entries(annotations).flatMap(([key, value]) => {
    if (!naming.test(key) || typeof value !== 'string' || value.trim() === '') return [];
    const name = value.trim();
    return [name.includes('/') ? name : `${namespace}/${name}`];
  });
}

/** The ConfigMaps that Ingresses name: the only ones whose values mean anything here. One that is not there is not an error of reading. */
export async function readNamedConfigMaps(server: Server, ingresses: readonly Fields[]): Promise<Reading> {
  const type = resources.configMaps;
  const read = await Promise.all(
    [...new Set(ingresses.flatMap(namedBy))].sort().map(async (key) => {
      const split = key.indexOf('/');
      const namespace = key.slice(0, split);
      return { namespace, ...(await getOne(server, type, namespace, key.slice(split + 1))) };
    }),
  );
  const gaps = read.flatMap(({ namespace, problem }) => (problem === undefined || problem.kind === 'not-found' ? [] : [gap(type, namespace, problem)]));
  return { type, objects: read.flatMap(({ objects }) => objects), gaps };
}
