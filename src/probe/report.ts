import type { Address } from './address.ts';
import type { Answer, ProbeResult } from './answer.ts';

/** One run, before any format. */
export interface ProbeReport {
  readonly tool: { readonly name: string; readonly version: string };
  readonly before: Address;
  readonly after: Address;
  readonly result: ProbeResult;
  /** Codes of findings for which a difference they explain fails the run. */
  readonly failing: ReadonlySet<string>;
  readonly failed: boolean;
}

function answerOf(answer: Answer): object {
  if (answer.kind === 'failed') return { failure: answer.failure, detail: answer.detail };
  const { status, headers, certificate, bodyHash } = answer;
  return { status, headers: Object.fromEntries(headers), ...(certificate === undefined ? {} : { certificate }), ...(bodyHash === undefined ? {} : { bodyHash }) };
}

/** The contract is schemas/probe.v1.schema.json. */
export function renderProbeJson({ tool, before, after, result }: ProbeReport): string {
  const { sent, equal, unanswered, left, differences, outages } = result;
  const unexplained = differences.filter(({ explainedBy }) => explainedBy.length === 0).length;
  const document = {
    schemaVersion: '1',
    tool,
    before,
    after,
    summary: { sent, equal, explained: differences.length - unexplained, unexplained, unanswered, left },
    outages,
    differences: differences.map(({ request: { method, scheme, host, target, headers }, before: one, after: two, differs, explainedBy }) => ({
      request: { method, scheme, host, path: target, headers: Object.fromEntries(headers) },
      before: answerOf(one),
      after: answerOf(two),
      differs,
      explainedBy,
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
