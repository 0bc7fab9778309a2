import { rule, type Rule } from './define.ts';

/** `path` of a redirect or rewrite, in the Gateway API and in Envoy Gateway's response overrides. */
interface PathModifier {
  readonly type: string;
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
}

const forms = [
  ['ReplaceFullPath', 'replaceFullPath', 'full-path'],
  ['ReplacePrefixMatch', 'replacePrefixMatch', 'prefix-match'],
] as const;

export const pathModifierRules: readonly Rule[] = forms.flatMap(([type, member, id]) => [
  rule<PathModifier>(`replace-${id}-missing`, `${member} must be specified when type is set to '${type}'`, (self) => self.type === type && self[member] === undefined),
  rule<PathModifier>(`replace-${id}-foreign`, `type must be '${type}' when ${member} is set`, (self) => self[member] !== undefined && self.type !== type),
]);
