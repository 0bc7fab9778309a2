import { setTimeout as sleep } from 'node:timers/promises';
import type { ProbeRequest } from '../verify/outcome.ts';
import type { Answer, Difference, Outage, ProbeResult, Side } from './answer.ts';
import { compareAnswers } from './compare.ts';
import { knownCauses, type Expectation } from './known.ts';
import type { Sender } from './send.ts';

export interface RunOptions {
  readonly senders: Readonly<Record<Side, Sender>>;
  /** Requests a second, to each address. */
  readonly rate: number;
  readonly expectation: Expectation;
  /** Ends the run early; what is known by then is kept. */
  readonly signal?: AbortSignal | undefined;
  readonly onSent?: ((count: number) => void) | undefined;
}

/** After so many failures in a row a port is given up: nobody waits for hundreds of timeouts. */
const patience = { unreachable: 3, timeout: 10 } as const;

const sides: readonly Side[] = ['before', 'after'];

/** Counts failures in a row of each port, and remembers which ports were given up. */
class Ports {
  readonly #inARow = new Map<string, number>();
  readonly outages: Outage[] = [];

  note(side: Side, scheme: ProbeRequest['scheme'], answer: Answer): void {
    const port = `${side} ${scheme}`;
    const failure = answer.kind === 'failed' ? answer.failure : undefined;
    if (answer.kind !== 'failed' || (failure !== 'unreachable' && failure !== 'timeout')) {
      this.#inARow.delete(port);
      return;
    }
    const count = (this.#inARow.get(port) ?? 0) + 1;
    this.#inARow.set(port, count);
    if (count === patience[answer.failure === 'unreachable' ? 'unreachable' : 'timeout']) this.outages.push({ side, scheme, why: answer.detail });
  }

  isGivenUp(scheme: ProbeRequest['scheme']): boolean {
    return this.outages.some((outage) => outage.scheme === scheme);
  }
}

async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  // An aborted wait ends the run, in the loop.
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}

function differenceOf(request: ProbeRequest, before: Answer, after: Answer, expectation: Expectation): Difference | 'equal' | 'unanswered' {
  const differs = compareAnswers(before, after);
  if (differs === undefined) return 'unanswered';
  if (differs.length === 0) return 'equal';
  return { request, before, after, differs, explainedBy: knownCauses(request, differs, expectation) };
}

/** Sends every request to both addresses, no faster than the rate, and compares the answers. */
export async function runProbe(requests: readonly ProbeRequest[], { senders, rate, expectation, signal, onSent }: RunOptions): Promise<ProbeResult> {
  const ports = new Ports();
  const differences: Difference[] = [];
  const counts = { sent: 0, equal: 0, unanswered: 0 };
  let next = 0;
  for (const request of requests) {
    if (signal?.aborted === true) break;
    if (ports.isGivenUp(request.scheme)) continue;
    await wait(next - performance.now(), signal);
    next = performance.now() + 1000 / rate;
    const [before, after] = await Promise.all([senders.before.send(request), senders.after.send(request)]);
    for (const side of sides) ports.note(side, request.scheme, side === 'before' ? before : after);
    const outcome = differenceOf(request, before, after, expectation);
    if (typeof outcome === 'string') counts[outcome] += 1;
    else differences.push(outcome);
    counts.sent += 1;
    onSent?.(counts.sent);
  }
  for (const side of sides) senders[side].close();
  return { ...counts, left: requests.length - counts.sent, differences, outages: ports.outages };
}
