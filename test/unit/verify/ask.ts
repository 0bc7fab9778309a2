import { evaluateNginx } from '../../../src/verify/nginx/evaluate.ts';
import type { ProbeOutcome, ProbeRequest } from '../../../src/verify/outcome.ts';
import { build, path, type Given, type Options } from '../nginx/given.ts';

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What nginx does with one request, by the evaluator. */
export function ask(givens: readonly Given[], url: string, { method = 'GET', headers = {} }: Asked = {}, options: Options = {}): ProbeOutcome {
  const [, scheme = '', host = '', target = ''] = /^(https?):\/\/([^/]*)(.*)$/.exec(url) ?? [];
  const request: ProbeRequest = { method, scheme: scheme === 'https' ? 'https' : 'http', host, target, headers: new Map(Object.entries(headers)), address: '203.0.113.7' };
  return evaluateNginx(build(givens, options), request);
}

/** `web:80 /path`, `301 URL` or a status. */
export function brief(outcome: ProbeOutcome): string {
  if (outcome.kind === 'redirected') return `${outcome.status} ${outcome.location}`;
  if (outcome.kind === 'answered') return String(outcome.status);
  return `${outcome.backends.map(({ name, port, share }) => `${name}:${port}${share === 1 ? '' : `*${share}`}`).join(' ')} ${outcome.target}`;
}

/** An Ingress for h.test. */
export const shop = (annotations: Readonly<Record<string, string>> = {}, ...paths: readonly string[]): Given => ({ annotations, rules: { 'h.test': (paths.length === 0 ? ['P /foo'] : paths).map((text) => path(text)) } });

export function forwarded(outcome: ProbeOutcome): Extract<ProbeOutcome, { kind: 'forwarded' }> {
  if (outcome.kind !== 'forwarded') throw new Error(`not forwarded: ${brief(outcome)}`);
  return outcome;
}
