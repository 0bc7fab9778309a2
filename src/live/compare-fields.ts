import type { Json, JsonObject } from '../model/gateway.ts';
import { isList, isMap, sameJson } from './canonical.ts';
import { wholeChange, type Change } from './change.ts';
import type { NormalObject } from './normal.ts';
import { valueWords } from './words.ts';

interface FieldChange {
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

const identity = ['name', 'kind', 'port', 'type'];

/** Items of two lists that are one: those that agree on what names them, or stand at the same place. */
function twinOf(item: Json, index: number, others: readonly Json[]): Json | undefined {
  if (!isMap(item)) return others[index];
  const keys = identity.filter((key) => typeof item[key] === 'string' || typeof item[key] === 'number');
  return keys.length === 0 ? others[index] : others.find((other) => isMap(other) && keys.every((key) => other[key] === item[key]));
}

function listChanges(before: readonly Json[], after: readonly Json[], path: string): readonly FieldChange[] {
  const matched = new Set<Json>();
  const changes = after.flatMap((item, index): readonly FieldChange[] => {
    const twin = twinOf(item, index, before);
    if (twin !== undefined) matched.add(twin);
    return fieldChanges(twin, item, `${path}[]`);
  });
  const gone = before.filter((item) => !matched.has(item)).map((item): FieldChange => ({ path: `${path}[]`, before: item, after: undefined }));
  const [added, ...others] = changes;
  // One item in another's place is one change.
  if (gone.length === 1 && others.length === 0 && added?.before === undefined && added !== undefined) return fieldChanges(gone[0]?.before, added.after, `${path}[]`);
  return [...changes, ...gone];
}

/** The innermost fields that differ. */
function fieldChanges(before: Json | undefined, after: Json | undefined, path: string): readonly FieldChange[] {
  if (sameJson(before, after)) return [];
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => fieldChanges(before[key], after[key], `${path}.${key}`));
  }
  const listed = isList(before) && isList(after) && [...before, ...after].some(isMap);
  return listed ? listChanges(before, after, path) : [{ path, before, after }];
}

/**
 * One change for each field of the object: the innermost one that differs, where it is the only one.
 *
 * @param about what the fields belong to, in words; '' for the object itself
 */
export function changesOfFields(before: JsonObject, after: JsonObject, about = ''): readonly Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key): readonly Change[] => {
    const whole: FieldChange = { path: key, before: before[key], after: after[key] };
    const [inner, ...others] = fieldChanges(before[key], after[key], key);
    if (inner === undefined) return [];
    const change = others.length === 0 ? inner : whole;
    return [wholeChange(change.path, `${about}${change.path} ${valueWords(change.before)} became ${valueWords(change.after)}`, change.before, change.after)];
  });
}

function changesOfTexts(what: 'label' | 'annotation', before: NormalObject['labels'], after: NormalObject['labels']): readonly Change[] {
  return Object.keys(after)
    .sort()
    .filter((key) => before[key] !== after[key])
    .map((key) => wholeChange(what, `${what} ${key} ${valueWords(before[key])} became ${valueWords(after[key])}`, before[key], after[key]));
}

/** Labels and annotations that the conversion writes. Others may be there: tools put them on objects that they look after. */
export function changesOfMetadata(before: NormalObject, after: NormalObject): readonly Change[] {
  return [...changesOfTexts('label', before.labels, after.labels), ...changesOfTexts('annotation', before.annotations, after.annotations)];
}
