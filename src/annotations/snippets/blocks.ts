import { readCondition } from './conditions.ts';
import { nothing, type DirectiveRow, type ReadDirective, type Reading, type SnippetAnswer, type Step, type Surroundings } from './define.ts';
import { answerRows } from './answers.ts';
import { responseHeaderRows } from './response-headers.ts';
import type { SnippetDirective } from './scan.ts';

/** What a block may hold to be read: answers, and headers that the answer or the request gets besides. */
const inside: Readonly<Record<string, DirectiveRow | undefined>> = {
  return: answerRows['return'],
  rewrite: answerRows['rewrite'],
  more_set_headers: responseHeaderRows['more_set_headers'],
  more_clear_headers: responseHeaderRows['more_clear_headers'],
};

function stepsOf(block: readonly SnippetDirective[], surroundings: Surroundings): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (const directive of block) {
    const reading = inside[directive.name]?.read(directive, surroundings);
    if (reading === undefined || directive.block !== undefined) return undefined;
    steps.push(...reading.steps);
    if (reading.steps.some(({ kind }) => kind === 'answer')) return steps;
  }
  return steps;
}

/** The answer, if the block does nothing else that a client could see. */
function onlyAnswer(steps: readonly Step[]): SnippetAnswer | undefined {
  const [first, ...others] = steps;
  return first?.kind === 'answer' && others.length === 0 ? first.answer : undefined;
}

/** A redirect to the same address over HTTPS. */
function toHttps(answer: SnippetAnswer, { constants }: Surroundings): boolean {
  if (answer.kind !== 'redirect' || answer.follows !== 'request-uri') return false;
  const host = constants.get('host');
  return answer.location === 'https://$host' || (host !== undefined && answer.location === `https://${host}`);
}

/** `if` with a condition that is known beforehand, or that asks for the method, or for plain HTTP. */
export const readIf: ReadDirective = ({ args, block }, surroundings): Reading | undefined => {
  const condition = readCondition(args, surroundings);
  if (condition === undefined || block === undefined) return undefined;
  if (condition.kind === 'never') return nothing;
  const steps = stepsOf(block, surroundings);
  if (steps === undefined || condition.kind === 'always') return steps === undefined ? undefined : { steps };
  const answer = onlyAnswer(steps);
  if (answer === undefined) return undefined;
  if (condition.kind === 'methods') {
    // Only a refusal: an answer of another kind (a preflight, a page) has no place beside a method match.
    return answer.kind === 'response' && answer.status >= 400 ? { steps: [{ kind: 'answer', methods: condition.methods, answer }] } : undefined;
  }
  if (answer.kind === 'response') return answer.status >= 400 ? { steps: [{ kind: 'plain-http', status: answer.status }] } : undefined;
  return toHttps(answer, surroundings) ? { steps: [{ kind: 'https-redirect', status: answer.status }] } : undefined;
};
