import { rule, type Rule } from './define.ts';

/** Defaults: type PathPrefix, value `/`. */
interface PathMatch {
  readonly type?: string;
  readonly value?: string;
}

const literalTypes = "when type one of ['Exact', 'PathPrefix']";
const validCharacters = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/u;

function literal(id: string, message: string, broken: (value: string) => boolean): Rule {
  return rule<PathMatch>(id, message, ({ type = 'PathPrefix', value = '/' }) => type !== 'RegularExpression' && broken(value));
}

const forbidden = [
  ['path-with-hash', '#'],
  ['path-with-encoded-slash', '%2F'],
  ['path-with-lower-case-encoded-slash', '%2f'],
  ['path-with-parent-segment', '/../'],
  ['path-with-current-segment', '/./'],
  ['path-with-empty-segment', '//'],
] as const;

/** Source: config/crd of https://github.com/kubernetes-sigs/gateway-api, HTTPRoute `spec.rules[].matches[].path`. */
export const httpPathRules: readonly Rule[] = [
  literal('path-relative', `value must be an absolute path and start with '/' ${literalTypes}`, (value) => !value.startsWith('/')),
  ...forbidden.map(([id, text]) => literal(id, `must not contain '${text}' ${literalTypes}`, (value) => value.includes(text))),
  literal('path-ending-in-parent', `must not end with '/..' ${literalTypes}`, (value) => value.endsWith('/..')),
  literal('path-ending-in-current', `must not end with '/.' ${literalTypes}`, (value) => value.endsWith('/.')),
  literal(
    'path-with-invalid-characters',
    "must only contain valid characters (matching ^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$) for types ['Exact', 'PathPrefix']",
    (value) => !validCharacters.test(value),
  ),
];
