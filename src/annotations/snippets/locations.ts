import { answerRows } from './answers.ts';
import type { LocationMatch } from '../../plan/intents.ts';
import type { ReadDirective, SnippetAnswer, Step, Surroundings } from './define.ts';
import { responseHeaderRows } from './response-headers.ts';
import type { SnippetDirective } from './scan.ts';

/** Lines that change nothing where nginx answers by itself before it asks for a password. */
const idle: ReadonlySet<string> = new Set(['auth_basic', 'auth_request', 'access_log', 'error_log', 'log_not_found', 'default_type', 'allow']);

/** What a location without a backend answers: an internal one takes no request from outside, and `return` comes in the rewrite phase, before access is checked. */
function refusalOf(block: readonly SnippetDirective[], surroundings: Surroundings): SnippetAnswer | undefined {
  if (block.some(({ name }) => name === 'internal')) return { kind: 'response', status: 404, body: '' };
  const given = block.find(({ name }) => name === 'return');
  if (given !== undefined) {
    const step = answerRows['return']?.read(given, surroundings)?.steps[0];
    return step?.kind === 'answer' ? step.answer : undefined;
  }
  // Without an answer of its own the location would look for a file.
  const [first] = block.filter(({ name }) => name === 'deny' || name === 'allow');
  return first?.name === 'deny' && first.args[0] === 'all' ? { kind: 'response', status: 403, body: '' } : undefined;
}

const acting: ReadonlySet<string> = new Set(['return', 'deny', 'internal']);

/** Headers that a location adds to its answer; undefined where one depends on the request. */
function headerSteps(block: readonly SnippetDirective[], surroundings: Surroundings): readonly Step[] | undefined {
  const steps = block.filter(({ name }) => !acting.has(name) && !idle.has(name)).map((directive) => responseHeaderRows[directive.name]?.read(directive, surroundings)?.steps);
  return steps.some((found) => found === undefined) ? undefined : steps.flatMap((found) => found ?? []);
}

function answerOf(block: readonly SnippetDirective[], surroundings: Surroundings): SnippetAnswer | undefined {
  const answer = refusalOf(block, surroundings);
  const steps = headerSteps(block, surroundings);
  if (answer === undefined || steps === undefined || block.some((directive) => directive.block !== undefined)) return undefined;
  const headers = steps.flatMap((step) => (step.kind === 'response-header' && step.act !== 'remove' ? [{ name: step.name, value: step.value }] : []));
  if (answer.kind === 'redirect') return headers.length === 0 ? answer : undefined;
  const contentType = block.find(({ name }) => name === 'default_type')?.args[0];
  return { ...answer, ...(contentType === undefined ? {} : { contentType }), ...(headers.length === 0 ? {} : { headers }) };
}

/** The word before the path, or joined with it: `location =/a`. */
function matchOf(args: readonly string[]): LocationMatch | undefined {
  const [, modifier = '', rest = ''] = /^(=|\^~|~\*|~)?([^]*)$/.exec(args[0] ?? '') ?? [];
  const value = rest === '' ? (args[1] ?? '') : rest;
  if (args.length > (rest === '' ? 2 : 1)) return undefined;
  if (modifier.startsWith('~')) return { kind: 'regex', value, ignoreCase: modifier === '~*' };
  if (!/^\/[A-Za-z0-9/._~-]*$/.test(value) || /\/\/|\/\.\.?(?:\/|$)/.test(value)) return undefined;
  return modifier === '=' ? { kind: 'exact', value } : { kind: 'prefix', value, beforeRegexes: modifier === '^~' };
}

/** A location that answers by itself. Where it stands among those of the Ingresses is decided for each host. */
export const readLocation: ReadDirective = ({ args, block, line }, surroundings) => {
  if (block === undefined || (surroundings.block === 'location' && !surroundings.wholeHost)) return undefined;
  const match = matchOf(args);
  const answer = match === undefined ? undefined : answerOf(block, surroundings);
  return match === undefined || answer === undefined ? undefined : { steps: [{ kind: 'path-answer', line, match, answer }] };
};
