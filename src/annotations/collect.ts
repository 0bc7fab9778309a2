import type { Finding } from '../diagnostics/finding.ts';
import type { LedgerClaim } from '../diagnostics/ledger.ts';
import type { Ingress } from '../model/ingress.ts';
import type { Inventory } from '../model/inventory.ts';
import { compareText } from '../model/object.ts';
import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { EffectiveConfiguration, Server } from '../nginx/configuration.ts';
import type { Intent } from '../plan/intents.ts';
import { isCanary } from './canary.ts';
import { controllerIntents, type ControllerIntents } from './controller-intents.ts';
import { canaryRole, isReadOnCanary, readOnCanary } from './canary-keys.ts';
import { settle, takenHost, type KeyFate } from './claim.ts';
import type { AnnotationFamily, CollectedIntents, FamilyInput, FamilyReading, LocationReading } from './define.ts';
import type { FallbackReading } from './fallback.ts';
import { readDropped } from './dropped.ts';
import { indexKeys, readFallback, type KeyIndex, type PresentKey } from './keys.ts';
import { indexPlaces, type Place, type Places } from './places.ts';
import { families as registered } from './registry.ts';

/** The stage's memory: everything is appended in the controller's order of Ingresses, so it never depends on the order of files. */
interface Collection {
  readonly configuration: EffectiveConfiguration;
  readonly inventory: Inventory;
  readonly families: readonly AnnotationFamily[];
  readonly keys: KeyIndex;
  readonly places: Places;
  readonly byLocation: Map<string, readonly Intent[]>;
  readonly byServer: Map<string, Intent[]>;
  readonly claims: LedgerClaim[];
  readonly findings: Finding[];
  /** host -> family -> the Ingress that spoke for the host. */
  readonly speakers: Map<string, Map<string, Ingress>>;
}

/** One Ingress being read. */
interface Reader {
  readonly ingress: Ingress;
  readonly canary: boolean;
  readonly places: readonly Place[];
  readonly shared: Intent[];
  readonly perLocation: NonNullable<FamilyReading['forLocation']>[];
  readonly fates: Map<string, KeyFate>;
}

function addAll<T>(list: T[], more: readonly T[] | undefined): void {
  if (more !== undefined) for (const item of more) list.push(item);
}

/** Notes what an annotation family said about its keys on one location or host. */
function note(reader: Reader, reading: LocationReading, attached: boolean): void {
  if (attached) {
    for (const { from } of reading.intents) {
      for (const use of from) {
        const fate = use.ingress === reader.ingress ? reader.fates.get(use.key) : undefined;
        if (fate !== undefined) fate.used = true;
      }
    }
  }
  for (const key of reading.structural ?? []) {
    const fate = reader.fates.get(key);
    if (fate !== undefined) fate.used = true;
  }
  for (const finding of reading.findings ?? []) {
    if (finding.annotation === undefined) continue;
    for (const key of [finding.annotation, ...(finding.also ?? [])]) {
      const fate = reader.fates.get(key);
      if (fate === undefined) continue;
      if (finding.entry.fidelity === 'exact') fate.explained = true;
      else fate.used = true;
    }
  }
}

/** Servers of the Ingress, family by family: the first Ingress of a host that yields an intent speaks for it. */
function readServers(collection: Collection, reader: Reader, family: AnnotationFamily, forServer: NonNullable<FamilyReading['forServer']>): void {
  for (const server of collection.places.serversOf(reader.ingress)) {
    const result = forServer(server, collection.configuration);
    const speaker = family.serverScope === 'any' ? undefined : speakerOf(collection, reader.ingress, family, server, result.intents.length > 0);
    if (speaker !== undefined) {
      const taken: LocationReading = { intents: [], findings: takenHost(reader.ingress, result.intents, server, speaker) };
      note(reader, taken, false);
      addAll(collection.findings, taken.findings);
      continue;
    }
    note(reader, result, true);
    addAll(collection.findings, result.findings);
    if (result.intents.length === 0) continue;
    const intents = collection.byServer.get(server.host);
    if (intents === undefined) collection.byServer.set(server.host, [...result.intents]);
    else addAll(intents, result.intents);
  }
}

/** The other Ingress that already spoke for the host, if there is one and this Ingress has something to say. */
function speakerOf(collection: Collection, ingress: Ingress, family: AnnotationFamily, server: Server, speaks: boolean): Ingress | undefined {
  if (!speaks) return undefined;
  let ofHost = collection.speakers.get(server.host);
  if (ofHost === undefined) collection.speakers.set(server.host, (ofHost = new Map<string, Ingress>()));
  const speaker = ofHost.get(family.id);
  if (speaker === undefined) ofHost.set(family.id, ingress);
  return speaker;
}

function readFamily(collection: Collection, reader: Reader, family: AnnotationFamily, input: FamilyInput<AnnotationName>): void {
  const reading = family.read(input);
  const attached = reader.places.length > 0;
  const own: LocationReading = { intents: reading.intents ?? [], findings: reading.findings ?? [] };
  note(reader, own, attached);
  addAll(collection.findings, own.findings);
  addAll(reader.shared, own.intents);
  if (reading.forLocation !== undefined) reader.perLocation.push(reading.forLocation);
  for (const key of reading.inert ?? []) {
    const fate = reader.fates.get(key);
    if (fate !== undefined) fate.explained = true;
  }
  if (attached || reading.forServer !== undefined) {
    for (const key of reading.structural ?? []) {
      const fate = reader.fates.get(key);
      if (fate !== undefined) fate.used = true;
    }
  }
  if (reading.forUnowned !== undefined) readUnownedLocations(collection, reader, reading.forUnowned);
  if (reading.forServer !== undefined) readServers(collection, reader, family, reading.forServer);
}

/** Locations of the hosts of an Ingress that no Ingress owns. */
function readUnownedLocations(collection: Collection, reader: Reader, read: NonNullable<FamilyReading['forUnowned']>): void {
  for (const server of collection.places.serversOf(reader.ingress)) {
    for (const location of server.locations) {
      if (location.ingress !== undefined) continue;
      const reading = read(location, server);
      note(reader, reading, true);
      addAll(collection.findings, reading.findings);
      if (reading.intents.length > 0) collection.byLocation.set(location.id, [...(collection.byLocation.get(location.id) ?? []), ...reading.intents]);
    }
  }
}

/** Locations of one Ingress share one list unless a family looks at the location. */
function attach(collection: Collection, reader: Reader): void {
  for (const { location, server } of reader.places) {
    let intents: readonly Intent[] = reader.shared;
    for (const read of reader.perLocation) {
      const reading = read(location, server);
      note(reader, reading, true);
      addAll(collection.findings, reading.findings);
      if (reading.intents.length > 0) intents = [...intents, ...reading.intents];
    }
    const others = collection.byLocation.get(location.id);
    if (others !== undefined && intents.length > 0) intents = [...others, ...intents];
    else if (others !== undefined) intents = others;
    collection.byLocation.set(location.id, intents);
  }
}

/** Annotations that no family reads here: foreign ones, and those ignored on a canary. */
function readUnowned(collection: Collection, reader: Reader, present: PresentKey): FallbackReading | undefined {
  const { ingress, canary, places } = reader;
  const role = canary && present.name !== undefined ? canaryRole(present.name) : 'read';
  if (role !== 'read' && role !== 'host') return readOnCanary(ingress, present.key, present.raw, role);
  if (present.name !== undefined) return undefined;
  return readFallback(ingress, present, collection.configuration.settings, canary || places.length === 0);
}

function collectOne(collection: Collection, ingress: Ingress): void {
  const { settings } = collection.configuration;
  const canary = isCanary(ingress, settings);
  const places = (canary ? collection.places.canary : collection.places.own).get(ingress) ?? [];
  const reader: Reader = { ingress, canary, places, shared: [], perLocation: [], fates: new Map() };
  const claims: LedgerClaim[] = [];
  const claim = (key: string, { state, findings }: Pick<FallbackReading, 'state' | 'findings'>): void => {
    addAll(collection.findings, findings);
    claims.push({ ingress, key, state });
  };
  const reading = new Set<AnnotationFamily>();
  for (const present of collection.keys.presentOn(ingress)) {
    const fallback = readUnowned(collection, reader, present);
    if (fallback !== undefined) {
      addAll(reader.shared, fallback.intents);
      claim(present.key, fallback);
    } else {
      reader.fates.set(present.key, { used: false, explained: false });
      if (present.family !== undefined) reading.add(present.family);
    }
  }
  const input: FamilyInput<AnnotationName> = { ingress, settings, inventory: collection.inventory, get: (name) => (canary && !isReadOnCanary(name) ? undefined : collection.keys.get(ingress, name)) };
  for (const family of collection.families) {
    if (reading.has(family) || (family.implicit === true && !canary && places.length > 0)) readFamily(collection, reader, family, input);
  }
  attach(collection, reader);
  for (const [key, fate] of reader.fates) claim(key, settle(ingress, key, fate, { canary, attached: places.length > 0 }));
  addAll(collection.claims, claims.sort((a, b) => compareText(a.key, b.key)));
}

/** What the controller says comes first: an Ingress may say otherwise. */
function addControllerIntents({ configuration, byLocation, findings }: Collection, controller: ControllerIntents | undefined): void {
  if (controller === undefined) return;
  addAll(findings, controller.findings);
  for (const server of configuration.servers) {
    for (const location of server.locations) {
      const { intents, findings: more } = controller.of(location, server);
      addAll(findings, more);
      if (intents.length > 0) byLocation.set(location.id, [...intents, ...(byLocation.get(location.id) ?? [])]);
    }
  }
}

/**
 * Reads the annotations of every selected Ingress once and attaches what they mean to locations and hosts.
 * Every annotation gets exactly one claim; one that nothing explains is a finding, never silence. Linear in locations and annotations.
 */
export function collectIntents(configuration: EffectiveConfiguration, inventory: Inventory, families: readonly AnnotationFamily[] = registered): CollectedIntents {
  const collection: Collection = {
    configuration,
    inventory,
    families,
    keys: indexKeys(families, configuration.settings),
    places: indexPlaces(configuration),
    byLocation: new Map(),
    byServer: new Map(),
    claims: [],
    findings: [],
    speakers: new Map(),
  };
  for (const ingress of configuration.ingresses) collectOne(collection, ingress);
  for (const left of configuration.left) {
    if (left.status !== 'refused') continue;
    const dropped = readDropped(left);
    addAll(collection.claims, dropped.claims);
    addAll(collection.findings, dropped.findings);
  }
  addControllerIntents(collection, controllerIntents(configuration, inventory));
  const { byLocation, byServer, claims, findings } = collection;
  return { byLocation, byServer, claims, findings };
}
