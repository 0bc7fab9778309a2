import type { ProbeRequest } from '../../src/verify/outcome.ts';
import type { Verdict } from './verdict.ts';

/** What became of the requests of one run. */
export interface Tally {
  sent: number;
  readonly excluded: Map<string, number>;
  readonly disagreements: string[];
}

export const newTally = (): Tally => ({ sent: 0, excluded: new Map(), disagreements: [] });

function describe({ method, scheme, host, target, headers }: ProbeRequest): string {
  const extra = [...headers].map(([name, value]) => ` ${name}: ${value}`).join('');
  return `${method} ${scheme}://${host}${target}${extra}`;
}

/** Judges requests, some at a time. A request without an answer counts as a disagreement. */
export async function judgeAll(name: string, requests: readonly ProbeRequest[], judgeOne: (request: ProbeRequest) => Promise<Verdict>, tally: Tally): Promise<void> {
  const waiting = [...requests];
  const work = async (): Promise<void> => {
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      const verdict = await judgeOne(request).catch((error: unknown): Verdict => ({ kind: 'differs', aspects: [`no answer: ${String(error)}`] }));
      tally.sent += 1;
      if (verdict.kind === 'excluded') tally.excluded.set(verdict.reason, (tally.excluded.get(verdict.reason) ?? 0) + 1);
      if (verdict.kind === 'differs') tally.disagreements.push(`${name}: ${describe(request)}: ${verdict.aspects.join('; ')}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
}
