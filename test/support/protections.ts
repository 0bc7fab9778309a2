import { defineFamily, type AnnotationFamily } from '../../src/annotations/define.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { objectKey } from '../../src/model/object.ts';
import { annotationTable, isAnnotationName } from '../../src/nginx/annotation-table.ts';
import type { ControllerSettings } from '../../src/nginx/settings.ts';
import { collect, type Collected } from './collected.ts';
import { configuration, ingress, inventory, location, server, settings } from './nginx-model.ts';

type Row = Collected['locations'][string];

/** Secrets of the namespace `web`, by name, with the names of their keys. */
export function withSecrets(secrets: Readonly<Record<string, readonly string[]>>): Inventory {
  const known = new Map(
    Object.entries(secrets).map(([name, keys]) => {
      const ref = { apiVersion: 'v1', kind: 'Secret', namespace: 'web', name };
      const source = { file: 'test.yaml', index: 0, locate: () => ({ file: 'test.yaml', line: 1, column: 1 }) };
      return [objectKey('web', name), { ref, type: 'Opaque', keys: new Set(keys), origin: { source, path: [] } }] as const;
    }),
  );
  return { ...inventory(), secrets: { get: (key) => known.get(key), keys: () => [], isAbsent: () => false } };
}

export interface Protections {
  /** Intents of the path `/`. */
  readonly intents: Row;
  readonly host: Row;
  readonly ledger: readonly string[];
  readonly codes: readonly string[];
}

/** Takes the annotations of all other families, so that the one under test is seen alone. */
function others(family: AnnotationFamily): AnnotationFamily {
  const own = new Set<string>(family.keys);
  const keys = Object.keys(annotationTable).filter(isAnnotationName).filter((name) => !own.has(name));
  const docs = { nginx: '', gateway: '', loss: '' };
  return defineFamily({ id: 'others', keys, codes: {}, docs, read: ({ ingress: shop }) => ({ inert: [...shop.annotations.keys()] }) });
}

/** One Ingress with one path, read by one family. The ledger holds the annotations of that family alone. */
export function protections(
  family: AnnotationFamily,
  annotations: Readonly<Record<string, string>>,
  more: { readonly settings?: Partial<ControllerSettings>; readonly inventory?: Inventory; readonly path?: string; readonly host?: string } = {},
): Protections {
  const { path = '/', host = 'shop.example.com' } = more;
  const own = ingress('shop', annotations, { [host === '_' ? '' : host]: [path] });
  const { locations, servers, ledger, codes } = collect(
    configuration([server(host, [location(own, path)])], { settings: { ...settings, ...more.settings } }),
    more.inventory,
    [family, others(family)],
  );
  const keys = family.keys.map((key) => `shop/${key}: `);
  return { intents: locations[`${host} ${path}`] ?? [], host: servers[host] ?? [], ledger: ledger.filter((line) => keys.some((key) => line.startsWith(key))), codes };
}
