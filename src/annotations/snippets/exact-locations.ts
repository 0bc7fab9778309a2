import { answerRows } from './answers.ts';
import type { ReadDirective, SnippetAnswer, Surroundings } from './define.ts';
import type { SnippetDirective } from './scan.ts';

/** Lines that change nothing where nginx answers by itself before it asks for a password. */
const idle: ReadonlySet<string> = new Set(['auth_basic', 'auth_request', 'access_log', 'error_log', 'log_not_found', 'default_type']);

/** What a location without a backend answers: `return` comes in the rewrite phase, before access is checked. */
function answerOf(block: readonly SnippetDirective[], surroundings: Surroundings): SnippetAnswer | undefined {
  let refusal: SnippetAnswer | undefined;
  for (const directive of block) {
    const { name, args } = directive;
    if (name === 'return') {
      const step = answerRows['return']?.read(directive, surroundings)?.steps[0];
      return step?.kind === 'answer' ? step.answer : undefined;
    }
    if (name === 'deny' && args[0] === 'all') refusal ??= { kind: 'response', status: 403, body: '' };
    else if (name === 'internal') refusal ??= { kind: 'response', status: 404, body: '' };
    else if (!idle.has(name) || directive.block !== undefined) return undefined;
  }
  return refusal;
}

/** `location = PATH` in the server block: nginx takes it before all other locations, as a gateway does with an Exact match. */
export const readExactLocation: ReadDirective = ({ args, block }, surroundings) => {
  const path = args.join('').replace(/^=/, '');
  if (surroundings.block !== 'server' || block === undefined || !args[0]?.startsWith('=') || !/^\/[A-Za-z0-9/._~-]*$/.test(path) || /\/\/|\/\.\.?(?:\/|$)/.test(path)) return undefined;
  const answer = answerOf(block, surroundings);
  if (answer === undefined || (answer.kind === 'response' && answer.status < 400)) return undefined;
  return { steps: [{ kind: 'path-answer', path, answer }] };
};
