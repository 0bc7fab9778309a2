import { compareText } from '../model/object.ts';
import { requestCounts } from './counts.ts';
import type { ReportedDivergence, ReportedOutcome, Verified } from './define.ts';
import { shellQuoted } from './shell-quote.ts';
import { visible } from './visible.ts';

/** Headings of differences, in texts for people about models and about addresses. */
export const differenceHeadings = {
  unexplained: 'Differs, and nothing explains it',
  failing: 'Differs, and findings say so that fail the run',
  explained: 'Differs, and findings say so',
} as const;

/** Divergences with one cause, and the smallest request that shows it. */
export interface DivergenceGroup {
  /** Codes, or what differs when nothing explains it. */
  readonly cause: string;
  readonly explained: boolean;
  readonly count: number;
  readonly smallest: ReportedDivergence;
}

/** Few headers, a plain method, plain HTTP and a short address: easiest to read and to repeat. */
function sizeOf({ request }: ReportedDivergence): number {
  const { method, scheme, host, target, headers } = request;
  return headers.size * 1000 + (method === 'GET' ? 0 : 500) + (scheme === 'http' ? 0 : 1) + host.length * 2 + target.length * 3;
}

/** Unexplained ones first, then by number. */
export function groupDivergences({ divergences }: Verified): readonly DivergenceGroup[] {
  const groups = new Map<string, { explained: boolean; count: number; smallest: ReportedDivergence }>();
  for (const divergence of divergences) {
    const explained = divergence.explainedBy.length > 0;
    const cause = (explained ? divergence.explainedBy : divergence.aspects).join(', ');
    const known = groups.get(`${explained} ${cause}`);
    if (known === undefined) groups.set(`${explained} ${cause}`, { explained, count: 1, smallest: divergence });
    else {
      known.count += 1;
      if (sizeOf(divergence) < sizeOf(known.smallest)) known.smallest = divergence;
    }
  }
  return [...groups]
    .map(([key, group]) => ({ cause: key.slice(key.indexOf(' ') + 1), ...group }))
    .sort((a, b) => Number(a.explained) - Number(b.explained) || b.count - a.count || compareText(a.cause, b.cause));
}

function backendsText({ backends = [] }: ReportedOutcome): string {
  const whole = backends.length === 1;
  return backends.map(({ name, port, share }) => `${name === '' ? 'nothing' : `${name}:${port}`}${whole ? '' : ` ${Math.round(share * 100)}%`}`).join(' + ');
}

const headersText = (label: string, headers: ReadonlyMap<string, string> | undefined): string =>
  [...(headers ?? [])].map(([name, value]) => ` ${label} ${name}: ${value}`).join('');

function limitsText({ limits = [] }: ReportedOutcome, aspects: readonly string[]): string {
  const kinds = aspects.filter((aspect) => aspect.startsWith('limit ')).map((aspect) => aspect.slice('limit '.length));
  return kinds.map((kind) => ` ${kind} ${limits.find((limit) => limit.kind === kind)?.value ?? 'not said'}`).join('');
}

function upstreamText({ backends = [] }: ReportedOutcome): string {
  const spoken = backends.map(({ upstream }) => {
    if (upstream === undefined) return 'HTTP/1';
    const tls = typeof upstream.tls === 'object' ? `TLS to ${upstream.tls.name} by ${upstream.tls.ca}` : upstream.tls === 'none' ? '' : `TLS ${upstream.tls}`;
    return [upstream.protocol.toUpperCase(), tls].filter((part) => part !== '').join(' in ');
  });
  return ` in ${[...new Set(spoken)].join(' or ')}`;
}

/** One side in a few words; details that both sides share are left out. */
function outcomeText(outcome: ReportedOutcome, { aspects, request }: ReportedDivergence): string {
  if (outcome.kind === 'redirected') return `${outcome.status ?? 0} to ${outcome.location ?? ''}`;
  if (outcome.kind === 'answered') return outcome.status === 0 ? 'no listener' : String(outcome.status ?? 0);
  const about = (word: string): boolean => aspects.some((aspect) => aspect.startsWith(word));
  const guards = outcome.guards ?? [];
  return [
    `${backendsText(outcome)} ${outcome.target ?? ''}`,
    outcome.host === request.host && !aspects.includes('host') ? '' : ` Host: ${outcome.host ?? ''}`,
    about('request-header') ? headersText('with', outcome.requestHeaders) : '',
    about('response-header') ? headersText('answer', outcome.responseHeaders) : '',
    about('upstream') ? upstreamText(outcome) : '',
    about('header-rewrite') ? headersText('rewriting', outcome.headerRewrites) : '',
    about('error-pages') ? ` errors ${outcome.errorPages ?? 'as they are'}` : '',
    limitsText(outcome, aspects),
    about('guard') ? ` ${guards.length === 0 ? 'for anybody' : `if ${guards.map(({ kind, detail }) => `${kind} ${detail}`).join(' and ')}`}` : '',
  ].join('');
}

/** `GET http://shop.example.com/API/x   nginx: api:8080 /API/x   gateway: 404   because regex-host/order` */
export function divergenceLine(divergence: ReportedDivergence): string {
  const { request, before, after, explainedBy, aspects } = divergence;
  const { method, scheme, host, target, headers } = request;
  const sent = [...headers].map(([name, value]) => ` [${name}: ${value}]`).join('');
  const cause = explainedBy.length === 0 ? `unexplained: ${aspects.join(', ')}` : `because ${explainedBy.join(', ')}`;
  return visible(`${method} ${scheme}://${host}${target}${sent}   nginx: ${outcomeText(before, divergence)}   gateway: ${outcomeText(after, divergence)}   ${cause}`);
}

/** Repeats the request against one address, which the reader fills in. */
export function curlCommand({ request }: Pick<ReportedDivergence, 'request'>): string {
  const { method, scheme, host, target, headers } = request;
  const port = scheme === 'https' ? 443 : 80;
  const parts = ['curl', '-sS', '-o', '/dev/null', '-D', '-', '--path-as-is'];
  // Brackets in a URL are ranges to curl otherwise.
  if (/[[\]{}]/u.test(target)) parts.push('-g');
  if (scheme === 'https') parts.push('-k');
  if (method === 'HEAD') parts.push('-I');
  else if (method !== 'GET') parts.push('-X', method);
  for (const [name, value] of headers) parts.push('-H', shellQuoted(`${name}: ${value}`));
  // `Host:` sends no such header, `Host;` an empty one (https://curl.se/docs/manpage.html#-H); HTTP/2 cannot do without.
  if (host === '') return visible([...parts, '--http1.1', '-H', 'Host:', shellQuoted(`${scheme}://ADDRESS${target}`)].join(' '));
  return visible([...parts, '--connect-to', `${shellQuoted(host)}:${port}:ADDRESS:${port}`, shellQuoted(`${scheme}://${host}${target}`)].join(' '));
}

/** `120 requests: 118 equal, 2 explained, 0 unexplained` */
export function verifiedText(verified: Verified): string {
  const { compared, equal, explained, unexplained } = requestCounts(verified);
  return `${compared} request${compared === 1 ? '' : 's'}: ${equal} equal, ${explained} explained, ${unexplained} unexplained`;
}
