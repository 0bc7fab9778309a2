import type { EffectiveConfiguration } from '../../src/nginx/configuration.ts';
import type { ProbeRequest } from '../../src/verify/outcome.ts';
import { evaluateNginx } from '../../src/verify/nginx/evaluate.ts';
import { generateRequests } from '../../src/verify/requests/generate.ts';
import { compare, type Verdict } from './compare.ts';
import { send } from './world/send.ts';
import { credentials } from './world/supply.ts';

export interface Tally {
  sent: number;
  readonly excluded: Map<string, number>;
  readonly disagreements: string[];
}

export const newTally = (): Tally => ({ sent: 0, excluded: new Map(), disagreements: [] });

const withPassword: ReadonlyMap<string, string> = new Map([['authorization', credentials]]);
const alone: ReadonlyMap<string, string> = new Map();

function describe({ method, scheme, host, target, headers }: ProbeRequest): string {
  const extra = [...headers].map(([name, value]) => ` ${name}: ${value}`).join('');
  return `${method} ${scheme}://${host}${target}${extra}`;
}

async function judgeOne(configuration: EffectiveConfiguration, request: ProbeRequest): Promise<Verdict> {
  const outcome = evaluateNginx(configuration, request);
  const guarded = outcome.kind === 'forwarded' && outcome.guards.some(({ kind, detail }) => kind === 'basic-auth' || detail.includes('basic-auth'));
  try {
    return compare(outcome, await send(request, guarded ? withPassword : alone));
  } catch (error) {
    return { kind: 'differs', aspects: [`no answer: ${String(error)}`] };
  }
}

/** Sends the generated requests, some at a time, and holds the answers against the evaluator. */
export async function judge(name: string, configuration: EffectiveConfiguration, limit: number, tally: Tally): Promise<void> {
  const waiting = [...generateRequests(configuration, limit)];
  const work = async (): Promise<void> => {
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      const verdict = await judgeOne(configuration, request);
      tally.sent += 1;
      if (verdict.kind === 'excluded') tally.excluded.set(verdict.reason, (tally.excluded.get(verdict.reason) ?? 0) + 1);
      if (verdict.kind === 'differs') tally.disagreements.push(`${name}: ${describe(request)}: ${verdict.aspects.join('; ')}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
}
