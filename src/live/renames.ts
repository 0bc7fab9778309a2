import type { Json, JsonObject } from '../model/gateway.ts';
import { objectsIn, textIn } from '../model/json.ts';
import { canonicalText, isList, isMap, sortedBy } from './canonical.ts';
import { listenerHost, scopeOf } from './attachments.ts';
import { entriesOf, isRoute } from './entries.ts';
import { idOf, tidy, type NormalObject } from './normal.ts';
import type { Counterpart } from './pairing.ts';

/** Names of the conversion for what exists under other names: names that a tool made up are no differences. */
export interface Renames {
  readonly objects: ReadonlyMap<string, NormalObject>;
  /** Listeners and rules as `ID#NAME`; undefined where the conversion gives none. */
  readonly sections: ReadonlyMap<string, string | undefined>;
}

/** What a section is, whatever it is called. */
function sectionsOf(object: NormalObject): readonly (readonly [meaning: string, name: string | undefined])[] {
  if (!isRoute(object)) return objectsIn(object.spec, 'listeners').map((listener) => [`${scopeOf(listener)} ${listenerHost(listener)}`, textIn(listener, 'name')]);
  const keys = new Map<number, Set<string>>();
  for (const { rule, key } of entriesOf(object)) keys.set(rule, (keys.get(rule) ?? new Set()).add(key));
  return objectsIn(object.spec, 'rules').map((rule, index) => [[...(keys.get(index) ?? [])].sort().join(' '), textIn(rule, 'name')]);
}

export function renamesOf(counterparts: readonly Counterpart[]): Renames {
  const objects = new Map<string, NormalObject>();
  const sections = new Map<string, string | undefined>();
  for (const { desired, existing } of counterparts) {
    const wanted = new Map(sectionsOf(desired));
    for (const object of existing) {
      if (!objects.has(object.id)) objects.set(object.id, desired);
      for (const [meaning, name] of sectionsOf(object)) {
        if (name !== undefined && wanted.has(meaning)) sections.set(`${object.id}#${name}`, wanted.get(meaning));
      }
    }
  }
  return { objects, sections };
}

/** @param from namespace of the object that refers */
function renamedReference(value: JsonObject, { objects, sections }: Renames, from: string): JsonObject {
  const { kind, name } = value;
  if (typeof kind !== 'string' || typeof name !== 'string') return value;
  const at = textIn(value, 'namespace') ?? from;
  const id = idOf(textIn(value, 'group') ?? '', kind, at, name);
  const known = objects.get(id);
  const { sectionName, ...rest } = value;
  const section = typeof sectionName === 'string' && sections.has(`${id}#${sectionName}`) ? sections.get(`${id}#${sectionName}`) : sectionName;
  return { ...rest, name: known?.name ?? name, namespace: known?.namespace ?? at, ...(section === undefined ? {} : { sectionName: section }) };
}

function renamedValue(value: Json, renames: Renames, from: string): Json {
  if (isList(value)) return value.map((item) => renamedValue(item, renames, from));
  if (!isMap(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, entry === undefined ? undefined : renamedValue(entry, renames, from)]));
  return renamedReference(inner, renames, from);
}

function withSectionNames(spec: JsonObject, key: 'listeners' | 'rules', id: string, { sections }: Renames): JsonObject {
  const named = objectsIn(spec, key).map((item): JsonObject => {
    const { name, ...rest } = item;
    if (typeof name !== 'string' || !sections.has(`${id}#${name}`)) return item;
    const given = sections.get(`${id}#${name}`);
    return given === undefined ? rest : { name: given, ...rest };
  });
  return { ...spec, [key]: key === 'listeners' ? sortedBy(named, (item) => canonicalText(item['name'])) : named };
}

/** The object in the conversion's names: its references, its listeners and its rules. Its own name and namespace stay for the report. */
export function renamed(object: NormalObject, renames: Renames): NormalObject {
  const value = tidy(renamedValue(object.spec, renames, object.namespace), renames.objects.get(object.id)?.namespace ?? object.namespace);
  const spec = isMap(value) ? value : {};
  const key = isRoute(object) ? 'rules' : 'listeners';
  return { ...object, spec: spec[key] === undefined ? spec : withSectionNames(spec, key, object.id, renames) };
}
