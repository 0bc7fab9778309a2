import type { SnippetIntent } from '../../plan/intents.ts';
import type { PresentAnnotation } from '../define.ts';
import { labelOf } from './label.ts';
import { isIdleRule, mayRefuse } from './protection.ts';
import { scanOf } from './read.ts';

type Named = Pick<SnippetIntent, 'directive' | 'line' | 'protective'>;

/** A text that cannot be told into directives. */
const text: Named = { directive: 'the text', line: 1, protective: true };

/**
 * Directives of ModSecurity stand on a line each, with a backslash where one goes on; a rule is called by its number.
 * Source: https://github.com/owasp-modsecurity/ModSecurity/wiki/Reference-Manual-(v3.x)#configuration-directives
 */
function rules(raw: string): readonly Named[] {
  const found: Named[] = [];
  let open: string | undefined;
  let start = 1;
  for (const [at, line] of raw.split('\n').entries()) {
    if (open === undefined) start = at + 1;
    open = (open ?? '') + line.trim();
    if (open.endsWith('\\')) {
      open = open.slice(0, -1);
      continue;
    }
    const [name = ''] = open.split(/\s/, 1);
    const number = /\bid:['"]?(\d+)/.exec(open)?.[1];
    if (name !== '' && !name.startsWith('#')) found.push({ directive: number === undefined ? name : `${name} ${number}`, line: start, protective: !isIdleRule(open) });
    open = undefined;
  }
  return open === undefined ? found : [text];
}

function directives(raw: string, context: 'auth' | 'stream'): readonly Named[] {
  const { directives: found, complete } = scanOf(raw);
  if (!complete) return [{ ...text, protective: context === 'auth' }];
  return found.map((directive) => ({ directive: labelOf(directive), line: directive.line, protective: mayRefuse(directive, context) }));
}

/** Rules that refuse nothing, because the engine only records: they are one loss, that of the log. */
export const lostLog = (annotation: PresentAnnotation): SnippetIntent => ({ kind: 'snippet', from: [annotation], context: 'modsecurity', directive: 'the text', line: 1, protective: false });

/** Text of another language, or of a place that the output does not have: every directive of it is lost. */
export function lostText(annotation: PresentAnnotation, context: 'auth' | 'stream' | 'modsecurity'): readonly SnippetIntent[] {
  const named = context === 'modsecurity' ? rules(annotation.raw) : directives(annotation.raw, context);
  return named.map((one) => ({ kind: 'snippet', from: [annotation], context, ...one }));
}
