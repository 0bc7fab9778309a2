import { collectIntents } from '../../src/annotations/collect.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { EffectiveConfiguration, Location } from '../../src/nginx/configuration.ts';
import type { ControllerSettings } from '../../src/nginx/settings.ts';
import type { Intent } from '../../src/plan/intents.ts';
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

function hostOf(annotations: Readonly<Record<string, string>>, more: Circumstances): EffectiveConfiguration {
  const path = more.path ?? '/';
  const own = ingress('shop', annotations, { 'shop.example.com': [path] });
  const host = server('shop.example.com', [location(own, path, more.location ?? {})]);
  return configuration([host], { settings: { ...settings, ...more.settings } });
}

/** What the annotations of one Ingress with one path come to. Keys without a slash get the controller's prefix. */
export function read(annotations: Readonly<Record<string, string>>, more: Circumstances = {}): Reading {
  const collected = collect(hostOf(annotations, more), more.inventory ?? inventory());
  return {
    intents: (collected.locations[`shop.example.com ${more.path ?? '/'}`] ?? []).filter(({ kind }) => kind !== 'https-redirect'),
    ledger: collected.ledger.map((line) => line.slice('shop/'.length)),
  };
}

/** The intents as they are, with the annotations behind them. */
export function intentsOf(annotations: Readonly<Record<string, string>>, more: Circumstances = {}): readonly Intent[] {
  return [...collectIntents(hostOf(annotations, more), more.inventory ?? inventory()).byLocation.values()].flat();
}

/** Settings as a ConfigMap with these keys gives them, for what reads `raw`. */
export function raw(entries: Readonly<Record<string, string>>): Pick<ControllerSettings, 'raw'> {
  return { raw: new Map(Object.entries(entries)) };
}
