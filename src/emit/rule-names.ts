import type { EmitRule } from './emit-rule.ts';
import { allocateNames, longestLabel, slug } from './names.ts';

const typeSuffix = { PathPrefix: '', Exact: '-exact', RegularExpression: '-regex' } as const;

function textOf({ matches: [match] }: EmitRule): string {
  if (match === undefined) return 'all';
  const path = slug(match.path.value);
  const headers = (match.headers ?? []).map(({ name }) => `-${slug(name)}`).join('');
  return `${path === '' ? 'root' : path}${typeSuffix[match.path.type]}${headers}`;
}

/** Names for rules of one route that a policy has to point at, after path, match type and headers. */
export function nameRules(rules: readonly EmitRule[]): ReadonlyMap<EmitRule, string> {
  const requests = rules.map((rule) => ({
    scope: '',
    text: textOf(rule),
    key: `${rule.rule.id} ${JSON.stringify(rule.matches)}`,
    canonical: false,
  }));
  const names = allocateNames(requests, longestLabel);
  return new Map(rules.map((rule, index) => [rule, names[index] ?? '']));
}
