import type { Json, JsonObject } from '../model/gateway.ts';
import { numberIn, objectsIn, textIn } from '../model/json.ts';
import { sameJson, sortedBy, without } from './canonical.ts';
import { answerChange, valueWords } from './words.ts';

/** What differs between two rules for the same requests. */
export interface ActionChange {
  readonly aspect: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly words: string;
}

const isRedirect = (filter: JsonObject): boolean => textIn(filter, 'type') === 'RequestRedirect';

/** Backends with the part of the requests they get: 80 and 20 are 4 and 1, and a backend of weight 0 gets none. */
function backendsOf(action: JsonObject): readonly JsonObject[] {
  const refs = objectsIn(action, 'backendRefs').map((ref) => ({ ref, weight: numberIn(ref, 'weight') ?? 1 }));
  const total = refs.reduce((sum, { weight }) => sum + weight, 0);
  return refs.filter(({ weight }) => weight > 0).map(({ ref, weight }): JsonObject => ({ ...without(ref, 'weight'), share: Math.round((weight * 10_000) / total) / 100 }));
}

export const redirects = (action: JsonObject): boolean => objectsIn(action, 'filters').some(isRedirect);

/** What answers: a redirect, or the backends. */
function answerOf(action: JsonObject): Json {
  const redirects = objectsIn(action, 'filters').filter(isRedirect);
  return redirects.length > 0 ? redirects : sortedBy(backendsOf(action));
}

const typesOf = (filters: readonly JsonObject[]): readonly string[] => filters.map((filter) => textIn(filter, 'type') ?? '');

function filterChanges(before: JsonObject, after: JsonObject): readonly ActionChange[] {
  const [was, is] = [before, after].map((action) => objectsIn(action, 'filters').filter((filter) => !isRedirect(filter)));
  if (was === undefined || is === undefined) return [];
  const types = [...new Set([...typesOf(was), ...typesOf(is)])].sort();
  return types.flatMap((type): readonly ActionChange[] => {
    const [old, now] = [was, is].map((filters) => filters.filter((filter) => textIn(filter, 'type') === type));
    if (old === undefined || now === undefined || sameJson(old, now)) return [];
    const does = old.length === 0 ? 'is added' : now.length === 0 ? 'is gone' : 'changed';
    return [{ aspect: `filter ${type}`, before: old.length === 0 ? undefined : old, after: now.length === 0 ? undefined : now, words: `filter ${type} ${does}` }];
  });
}

const special: ReadonlySet<string> = new Set(['backendRefs', 'filters']);

/** One change for the answer, one for each type of filter, one for each other field. */
export function actionChanges(before: JsonObject, after: JsonObject): readonly ActionChange[] {
  const answers = { before: answerOf(before), after: answerOf(after) };
  const answer: readonly ActionChange[] = sameJson(answers.before, answers.after) ? [] : [{ aspect: 'answer', ...answers, words: answerChange(before, after) }];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !special.has(key)).sort();
  const others = fields
    .filter((key) => !sameJson(before[key], after[key]))
    .map((key): ActionChange => ({ aspect: key, before: before[key], after: after[key], words: `${key} ${valueWords(before[key])} became ${valueWords(after[key])}` }));
  return [...answer, ...filterChanges(before, after), ...others];
}

/** Whether two rules do the same. */
export const sameAction = (a: JsonObject, b: JsonObject): boolean => actionChanges(a, b).length === 0;
