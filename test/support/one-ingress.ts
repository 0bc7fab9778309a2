import type { Inventory } from '../../src/model/inventory.ts';
import type { Location } from '../../src/nginx/configuration.ts';
import type { ControllerSettings } from '../../src/nginx/settings.ts';
import { collect, type Collected } from './collected.ts';
import { configuration, ingress, inventory, location, server, settings } from './nginx-model.ts';

export interface Circumstances {
  readonly settings?: Partial<ControllerSettings>;
  readonly inventory?: Inventory;
  readonly path?: string;
  readonly location?: Partial<Location>;
}

export interface Reading {
  readonly intents: Collected['locations'][string];
  /** Lines of the ledger without the name of the Ingress. */
  readonly ledger: readonly string[];
}

/** What the annotations of one Ingress with one path come to. Keys without a slash get the controller's prefix. */
export function read(annotations: Readonly<Record<string, string>>, more: Circumstances = {}): Reading {
  const path = more.path ?? '/';
  const own = ingress('shop', annotations, { 'shop.example.com': [path] });
  const host = server('shop.example.com', [location(own, path, more.location ?? {})]);
  const collected = collect(configuration([host], { settings: { ...settings, ...more.settings } }), more.inventory ?? inventory());
  return {
    intents: (collected.locations[`shop.example.com ${path}`] ?? []).filter(({ kind }) => kind !== 'https-redirect'),
    ledger: collected.ledger.map((line) => line.slice('shop/'.length)),
  };
}

/** Settings as a ConfigMap with these keys gives them, for what reads `raw`. */
export function raw(entries: Readonly<Record<string, string>>): Pick<ControllerSettings, 'raw'> {
  return { raw: new Map(Object.entries(entries)) };
}
