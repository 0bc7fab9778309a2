import { readInventory } from '../../src/input/inventory.ts';
import { objectKey } from '../../src/model/object.ts';
import { buildConfiguration } from '../../src/nginx/build.ts';
import type { EffectiveConfiguration } from '../../src/nginx/configuration.ts';
import { readSettings } from '../../src/nginx/settings-read.ts';
import { stream } from '../properties/arbitrary-ingress.ts';
import type { KubernetesObject } from '../traffic/object.ts';

/** What the product makes of the objects that the oracle serves. */
export async function configurationOf(objects: readonly KubernetesObject[]): Promise<EffectiveConfiguration> {
  const text = stream(objects.map((object) => ({ apiVersion: object.kind.startsWith('Ingress') ? 'networking.k8s.io/v1' : 'v1', ...(JSON.parse(JSON.stringify(object)) as object) })));
  const { value } = await readInventory([{ kind: 'text', file: 'served.yaml', text }], {});
  const settings = readSettings(value.configMaps.get(objectKey('ingress-nginx', 'ingress-nginx-controller')), {});
  return buildConfiguration(value, settings.value, { ingressClasses: [], allClasses: false });
}
