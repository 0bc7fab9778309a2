import type { GatewayObject, Json, JsonObject } from '../../model/gateway.ts';
import { spoken } from './words.ts';

const noItems: readonly Json[] = [];

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && !isList(value);
}

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : noItems;
}

/** The maps of a list; nothing for what is no list. */
export function mapsIn(value: Json | undefined): readonly JsonObject[] {
  return listOf(value).filter(isMap);
}

export function textsIn(value: Json | undefined): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function ruleAt({ spec }: GatewayObject, index: number): JsonObject {
  return mapsIn(spec['rules'])[index] ?? {};
}

function matchText(match: JsonObject): string {
  const { path, method } = match;
  const place = isMap(path) ? `${textOf(path['type'])} ${textOf(path['value'])}` : isMap(method) ? `${textOf(method['service'])}/${textOf(method['method'])}` : 'every request';
  const headers = mapsIn(match['headers']).map((header) => `${textOf(header['name'])}: ${textOf(header['value'])}`);
  const verb = textOf(method);
  return [verb === '' ? place : `${verb} ${place}`, ...headers.map((header) => `with ${header}`)].join(' ');
}

export function matchTexts(rule: JsonObject): readonly string[] {
  const matches = mapsIn(rule['matches']);
  return matches.length === 0 ? ['every request'] : matches.map(matchText);
}

/** Leaves of a filter: `scheme https, statusCode 308`. */
function leaves(value: Json | undefined): readonly string[] {
  if (isList(value)) return value.flatMap(leaves);
  if (!isMap(value)) return value === undefined ? [] : [textOf(value)];
  if (typeof value['name'] === 'string' && value['value'] !== undefined) return [`${value['name']}: ${textOf(value['value'])}`];
  return Object.entries(value).flatMap(([key, inner]) => {
    const texts = leaves(inner);
    return key === 'type' || texts.length === 0 ? [] : isMap(inner) ? texts : [`${key} ${texts.join(' ')}`];
  });
}

function filterText(filter: JsonObject): string {
  const type = textOf(filter['type']);
  const details = Object.entries(filter).flatMap(([key, value]) => (key === 'type' ? [] : leaves(value)));
  return details.length === 0 ? type : `${type} (${details.join(', ')})`;
}

const settings = ['timeouts', 'retry', 'sessionPersistence'] as const;

/** Filters and other settings of a rule, one text each. */
export function settingTexts(rule: JsonObject): readonly string[] {
  const others = settings.flatMap((key) => (rule[key] === undefined ? [] : [`${spoken(key)} (${leaves(rule[key]).join(', ')})`]));
  return [...mapsIn(rule['filters']).map(filterText), ...others];
}

/** `SERVICE:PORT`, with the share of each when there are several. */
export function backendTexts(rule: JsonObject): readonly string[] {
  const refs = mapsIn(rule['backendRefs']);
  return refs.map((ref) => {
    const namespace = textOf(ref['namespace']);
    const place = `${namespace === '' ? '' : `${namespace}/`}${textOf(ref['name'])}:${textOf(ref['port'])}`;
    return refs.length > 1 ? `${place} (weight ${ref['weight'] === undefined ? '1' : textOf(ref['weight'])})` : place;
  });
}

function redirects(rule: JsonObject): boolean {
  return mapsIn(rule['filters']).some(({ type }) => type === 'RequestRedirect');
}

/** Answers by itself: a redirect, or a filter of the target in a rule without backends. */
export function answers(rule: JsonObject): boolean {
  return redirects(rule) || (mapsIn(rule['backendRefs']).length === 0 && mapsIn(rule['filters']).some(({ type }) => type === 'ExtensionRef'));
}

/** Forwards nothing and answers nothing: what takes the place of a protection that is lost. */
export function isClosed(rule: JsonObject): boolean {
  return mapsIn(rule['backendRefs']).length === 0 && !answers(rule);
}
