import type { Json, JsonObject } from '../model/gateway.ts';
import type { KindFacts, Problem } from './kind.ts';
import type { Rule } from './rules/define.ts';
import { rulesByMessage } from './rules/registry.ts';

/** A field with rules at it or below it. */
export interface Site {
  readonly rules: Rule[];
  /** Fields that tell the items of a list apart; empty: the items themselves. */
  keys: readonly string[] | undefined;
  readonly ignoresCase: boolean;
  items: Site | undefined;
  /** Few and walked often: an array beats a map. */
  readonly fields: { readonly name: string; readonly site: Site }[];
}

/** Lists of headers: names are equal whatever their case (RFC 9110, section 5.1), and gateways ignore the second one. */
const headerLists = new Set(['headers', 'set', 'add', 'addIfAbsent', 'remove']);

const newSite = (field: string): Site => ({ rules: [], keys: undefined, ignoresCase: headerLists.has(field), items: undefined, fields: [] });

function fieldOf(site: Site, name: string): Site {
  const existing = site.fields.find((field) => field.name === name);
  if (existing !== undefined) return existing.site;
  const added = { name, site: newSite(name) };
  site.fields.push(added);
  return added.site;
}

/** `rules[].filters` from the site of `spec` on. */
function siteAt(root: Site, path: string): Site {
  let site = root;
  for (const part of path.replaceAll('[]', '.[]').split('.').slice(1)) {
    site = part === '[]' ? (site.items ??= newSite(part)) : fieldOf(site, part);
  }
  return site;
}

/** The rules and list keys of a kind as a tree, so that an object is walked once and only where something can be wrong. */
export function sitesOf({ cel, lists }: KindFacts): Site {
  const root = newSite('spec');
  for (const [path, messages] of Object.entries(cel)) {
    const rules = messages.flatMap((message) => rulesByMessage.get(message) ?? []);
    if (rules.length > 0) siteAt(root, path).rules.push(...rules);
  }
  for (const [path, keys] of Object.entries(lists)) siteAt(root, path).keys = keys;
  return root;
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && !Array.isArray(value);

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** The key that two items of the list share. */
function repeatedKey(list: readonly Json[], keys: readonly string[], ignoresCase: boolean): string | undefined {
  if (list.length < 2) return undefined;
  const seen = new Set<string>();
  for (const item of list) {
    const text = JSON.stringify(keys.length === 0 || !isObject(item) ? item : keys.map((key) => item[key]));
    const key = ignoresCase ? text.toLowerCase() : text;
    if (seen.has(key)) return text;
    seen.add(key);
  }
  return undefined;
}

function broken(rule: Rule, value: Json, kind: string): boolean {
  // The schema of the CRD has given the value the shape that the rule asks for.
  return (rule.broken as (self: Json, kind: string) => boolean)(value, kind);
}

/** Adds what is wrong with `value`; `trail` is the way to it. */
export function walk(site: Site, value: Json, kind: string, trail: (string | number)[], problems: Problem[]): void {
  for (const rule of site.rules) if (broken(rule, value, kind)) problems.push({ path: pathText(trail), message: rule.message });
  if (isList(value)) walkList(site, value, kind, trail, problems);
  else if (isObject(value)) {
    for (const field of site.fields) {
      const next = value[field.name];
      if (next === undefined) continue;
      trail.push(field.name);
      walk(field.site, next, kind, trail, problems);
      trail.pop();
    }
  }
}

function walkList(site: Site, list: readonly Json[], kind: string, trail: (string | number)[], problems: Problem[]): void {
  const repeated = site.keys === undefined ? undefined : repeatedKey(list, site.keys, site.ignoresCase);
  if (repeated !== undefined) problems.push({ path: pathText(trail), message: `duplicate entry ${repeated}` });
  if (site.items === undefined) return;
  let index = 0;
  for (const item of list) {
    trail.push(index++);
    walk(site.items, item, kind, trail, problems);
    trail.pop();
  }
}

function pathText(trail: readonly (string | number)[]): string {
  return trail.reduce<string>((path, part) => (typeof part === 'number' ? `${path}[${part}]` : `${path}${path === '' ? '' : '.'}${part}`), '');
}
