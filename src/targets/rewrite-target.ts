import type { PlanRule } from '../plan/plan.ts';
import { dropMissingGroups, literalRewrite, type LiteralForm } from './literal-form.ts';
import type { PathRewrite } from './paths.ts';

const noRewrite: PathRewrite = { kind: 'none' };

/** `scheme://authority` and the path of a rewrite-target that is a URL. */
export function splitUrlTarget(target: string): { readonly base: string; readonly path: string } | undefined {
  const found = /^(https?:\/\/[^/?#]*)(.*)$/is.exec(target);
  if (found === null) return undefined;
  const [, base = '', path = ''] = found;
  return { base, path: path === '' ? '/' : path };
}

/** Replacement text for the path of a location: of a rewrite, or the path of a rewrite that redirects to a URL. */
export function rewriteTargetOf(rule: PlanRule): string | undefined {
  for (const intent of rule.intents) {
    if (intent.kind === 'rewrite') return intent.target;
    if (intent.kind === 'rewrite-redirect') return splitUrlTarget(intent.target)?.path;
  }
  return undefined;
}

function unsayable(target: string): PathRewrite | undefined {
  if (/\$(?!\d)/.test(target)) return { kind: 'impossible', reason: `${target} holds a variable of nginx` };
  if (target.startsWith('/') || target.startsWith('$')) return undefined;
  return { kind: 'impossible', reason: `${target} is no absolute path` };
}

/** On a literal match; undefined when only a regex match will do. */
export function rewriteOnLiteral(target: string | undefined, form: LiteralForm): PathRewrite | undefined {
  if (target === undefined) return noRewrite;
  return unsayable(target) ?? literalRewrite(dropMissingGroups(target, form.groups), form);
}

/** On a regex match. */
export function rewriteOnRegex(target: string | undefined, pattern: string, groups: number, form: LiteralForm | undefined): PathRewrite {
  if (target === undefined) return noRewrite;
  const impossible = unsayable(target);
  if (impossible !== undefined) return impossible;
  const text = dropMissingGroups(target, groups);
  if (!text.includes('$')) return { kind: 'full', value: text === '' ? '/' : text };
  if (form !== undefined && literalRewrite(text, form)?.kind === 'none') return noRewrite;
  return { kind: 'capture', pattern, target: text };
}

/** On a host without regular expressions, where a rewrite to the path itself is none. */
export function rewriteOnPlain(target: string | undefined, path: string): PathRewrite {
  if (target === undefined || target === path) return noRewrite;
  return unsayable(target) ?? { kind: 'full', value: dropMissingGroups(target, 0) };
}
