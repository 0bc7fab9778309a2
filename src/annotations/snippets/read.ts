import { authVariables } from './auth-variables.ts';
import type { Reading, SnippetContext, Step, Surroundings } from './define.ts';
import { directives } from './directives.ts';
import { labelOf } from './label.ts';
import { mayRefuse } from './protection.ts';
import { scanSnippet, type SnippetDirective, type SnippetScan } from './scan.ts';

/** Where in the text something stands, and what it is called. */
interface Place {
  readonly line: number;
  readonly directive: string;
}

export interface PlacedNote extends Place {
  readonly code: NonNullable<Reading['notes']>[number]['code'];
  readonly reason: string;
}

export interface UnreadDirective extends Place {
  /** It can refuse requests, or nobody knows whether it can. */
  readonly protective: boolean;
}

/** A snippet as one location sees it. */
export interface SnippetReading {
  readonly steps: readonly Step[];
  readonly notes: readonly PlacedNote[];
  readonly unread: readonly UnreadDirective[];
}

/** Text that is no whole piece of configuration: nothing of it is read, since nginx would join it with what stands around it. */
const broken: SnippetReading = { steps: [], notes: [], unread: [{ line: 1, directive: 'the text (a quote, brace or semicolon is missing, or one is too many)', protective: true }] };

interface Progress {
  readonly steps: Step[];
  readonly notes: PlacedNote[];
  readonly unread: UnreadDirective[];
  /** An answer for all requests ends nginx's rewrite phase: what follows there is never reached. */
  answered: boolean;
  /** Something unread may end the phase, or leave it, for some requests. */
  uncertain: boolean;
}

const isRefusal = (step: Step): boolean => step.kind === 'answer' && step.answer.kind === 'response' && step.answer.status >= 400;
const isAnswer = ({ kind }: Step): boolean => kind === 'answer' || kind === 'https-redirect';

/** Directives of nginx's rewrite phase beside those of the table: they act in the order of the text. */
const ordered: ReadonlySet<string> = new Set(['if', 'return', 'rewrite', 'set', 'break']);

function take(progress: Progress, directive: SnippetDirective, context: SnippetContext, surroundings: Surroundings): void {
  const place: Place = { line: directive.line, directive: labelOf(directive) };
  const inOrder = ordered.has(directive.name);
  if (inOrder && progress.answered) {
    progress.notes.push({ ...place, code: 'snippets/nothing-to-carry', reason: 'an answer that stands before it ends every request' });
    return;
  }
  const reading = directives.get(directive.name)?.read(directive, surroundings);
  // Behind something unread an answer may not be reached by all; to refuse too many is safe, to send them away is not right.
  const doubtful = progress.uncertain && reading?.steps.some((step) => isAnswer(step) && !isRefusal(step)) === true;
  if (reading === undefined || doubtful) {
    progress.unread.push({ ...place, protective: mayRefuse(directive, context) });
    if (inOrder) progress.uncertain = true;
    return;
  }
  progress.steps.push(...reading.steps);
  for (const note of reading.notes ?? []) progress.notes.push({ ...place, ...note });
  if (reading.steps.some((step) => step.kind === 'answer' && step.methods === undefined)) progress.answered = true;
}

/** Scans are kept while a text is read for one location after the other. */
let latest: { readonly text: string; readonly scan: SnippetScan } | undefined;

export function scanOf(text: string): SnippetScan {
  if (latest?.text !== text) latest = { text, scan: scanSnippet(text) };
  return latest.scan;
}

/**
 * Reads a configuration-snippet or server-snippet directive by directive: what each does, what has nothing to carry over, and what stays
 * unread. See docs/adr/0016-snippets.md for what may be applied beside unread directives.
 */
export function readSnippet(text: string, context: 'location' | 'server', surroundings: Surroundings): SnippetReading {
  const { directives: found, complete } = scanOf(text);
  if (!complete) return broken;
  const progress: Progress = { steps: [], notes: [], unread: [], answered: false, uncertain: false };
  const answered = authVariables(found);
  for (const directive of found) take(progress, directive, context, answered.size === 0 ? surroundings : { ...surroundings, answered });
  return progress;
}
