import { compareText } from '../../model/object.ts';
import type { Guard, Limit, ProbeOutcome, ProbeRequest, Upstream, VerifiedTls } from '../outcome.ts';
import { compareLocations } from './locations.ts';

type Forwarded = Extract<ProbeOutcome, { kind: 'forwarded' }>;
type Answered = Extract<ProbeOutcome, { kind: 'answered' }>;

const isPreflight = ({ status }: Answered): boolean => status >= 200 && status < 300;

/** Shares that random choice cannot tell apart. */
const sameShare = 0.005;

const sides = ({ backends }: Forwarded): ReadonlyMap<string, number> => {
  const shares = new Map<string, number>();
  for (const { namespace, name, port, share } of backends) {
    const key = `${namespace}/${name}:${port}`;
    shares.set(key, (shares.get(key) ?? 0) + share);
  }
  return shares;
};

function compareBackends(before: Forwarded, after: Forwarded): readonly string[] {
  const [one, two] = [sides(before), sides(after)];
  if (one.size !== two.size || [...one.keys()].some((key) => !two.has(key))) return ['backend'];
  return [...one].some(([key, share]) => Math.abs(share - (two.get(key) ?? 0)) > sameShare) ? ['weights'] : [];
}

/** Names are aspects of their own, so that a finding about one header does not explain another. List separators do not count. */
function compareHeaders(kind: string, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  const plain = (value: string | undefined): string | undefined => value?.replaceAll(/,\s*/gu, ',');
  return [...names].filter((name) => plain(before.get(name)) !== plain(after.get(name))).map((name) => `${kind} ${name}`);
}

/** The Service of the cluster behind a URL, however it is written. */
function plainUrl(url: string): string {
  return url.replace(/^http:\/\/([a-z0-9-]+\.[a-z0-9-]+)(?:\.svc(?:\.cluster\.local)?)?\.?(?::(\d+))?(?=[/?]|$)(\/?)/u, (_, service: string, port: string | undefined) => `http://${service}:${port ?? '80'}/`);
}

/** One address is a network of one, and the order of networks does not matter. */
function plainNetworks(detail: string): string {
  const [side = '', networks = ''] = detail.split(' ', 2);
  const plain = networks.split(',').map((network) => network.replace(network.includes(':') ? /\/128$/u : /\/32$/u, ''));
  return `${side} ${[...new Set(plain)].sort(compareText).join(',')}`;
}

function detailOf({ kind, detail }: Guard): string {
  if (kind === 'external-auth') return plainUrl(detail);
  return kind === 'address-list' ? plainNetworks(detail) : detail;
}

/** With `satisfy: any` one of several conditions is enough; where one of them is asked for on its own, nobody more gets in. */
function isStricter(lost: readonly Guard[], after: readonly Guard[]): boolean {
  return lost.every(({ detail }) => after.some((guard) => detail.includes(`${guard.kind} `)));
}

/** One aspect a kind: a protection that is gone, one that is new, or one that asks for something else. */
function compareGuards(before: readonly Guard[], after: readonly Guard[]): readonly string[] {
  const aspects = new Set<string>();
  for (const kind of new Set([...before, ...after].map((guard) => guard.kind))) {
    const details = (guards: readonly Guard[]): readonly string[] => [...new Set(guards.filter((guard) => guard.kind === kind).map(detailOf))].sort(compareText);
    const [one, two] = [details(before), details(after)];
    if (one.join('\n') === two.join('\n')) continue;
    if (two.length === 0) {
      if (kind !== 'unknown' || !isStricter(before.filter((guard) => guard.kind === kind), after)) aspects.add(`guard-lost ${kind}`);
    } else aspects.add(one.length === 0 ? `guard-added ${kind}` : `guard ${kind}`);
  }
  return [...aspects];
}

/** How often, without after what. */
const triesIn = (value: string): string => value.split(' ', 1)[0] ?? '';

/**
 * Of what nginx limits unasked a run is told once, so a gateway that says nothing about it differs only where somebody asked; one that tries as
 * often differs as the run was told. Who says that nothing limits it says no more than who says nothing.
 */
function compareLimits(before: readonly Limit[], after: readonly Limit[]): readonly string[] {
  const [one, two] = [before, after].map((limits) => new Map(limits.map((limit) => [limit.kind, limit] as const)));
  const kinds = new Set([...before, ...after].map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => {
    const [nginx, gateway] = [one?.get(kind), two?.get(kind)];
    const told = kind === 'tries' && nginx?.asked === false ? triesIn : (value: string): string => value;
    const same = gateway === undefined ? nginx?.asked !== true || nginx.value === 'none' : told(gateway.value) === told(nginx?.value ?? 'none');
    return same ? [] : [`limit ${kind}`];
  });
}

const isVerified = (tls: Upstream['tls']): tls is VerifiedTls => typeof tls === 'object';

function compareTls(before: Upstream['tls'], after: Upstream['tls']): readonly string[] {
  if (isVerified(before) && isVerified(after)) return [...(before.name === after.name ? [] : ['upstream-name']), ...(before.ca === after.ca ? [] : ['upstream-ca'])];
  if (before === after) return [];
  if (after === 'none') return ['upstream-tls-lost'];
  if (before === 'none') return ['upstream-tls-added'];
  return [isVerified(before) ? 'upstream-unverified' : 'upstream-verified'];
}

const plainUpstream: Upstream = { protocol: 'http/1', tls: 'none' };

/** How the backends that both sides have are spoken to. */
function compareUpstreams(before: Forwarded, after: Forwarded): readonly string[] {
  const aspects = before.backends.flatMap(({ namespace, name, port, upstream: one = plainUpstream }) => {
    const other = after.backends.find((backend) => backend.namespace === namespace && backend.name === name && backend.port === port);
    if (other === undefined) return [];
    const { protocol, tls } = other.upstream ?? plainUpstream;
    return [...(one.protocol === protocol ? [] : ['upstream-protocol']), ...compareTls(one.tls, tls)];
  });
  return [...new Set(aspects)];
}

const noRewrites: ReadonlyMap<string, string> = new Map();

function compareForwarded(before: Forwarded, after: Forwarded): readonly string[] {
  return [
    ...compareBackends(before, after),
    ...compareUpstreams(before, after),
    ...(before.target === after.target ? [] : ['path']),
    ...(before.host.toLowerCase() === after.host.toLowerCase() ? [] : ['host']),
    ...compareHeaders('request-header', before.requestHeaders, after.requestHeaders),
    ...compareHeaders('response-header', before.responseHeaders, after.responseHeaders),
    ...compareHeaders('header-rewrite', before.headerRewrites ?? noRewrites, after.headerRewrites ?? noRewrites),
    ...(before.errorPages === after.errorPages ? [] : ['error-pages']),
    ...compareGuards(before.guards, after.guards),
    ...compareLimits(before.limits, after.limits),
  ];
}

/** No listener of the gateway takes the connection. */
const isUnheard = (outcome: ProbeOutcome): boolean => outcome.kind === 'answered' && outcome.status === 0;

/** One side answers by itself, the other does not. */
function compareKinds(before: ProbeOutcome, after: ProbeOutcome): readonly string[] {
  if (before.kind === 'answered') {
    if (isPreflight(before)) return [after.kind === 'answered' && !isPreflight(after) ? 'refused' : 'preflight'];
    return [after.kind === 'forwarded' ? 'let-in' : 'status'];
  }
  if (after.kind === 'answered') return [isPreflight(after) ? 'preflight' : 'refused'];
  return [before.kind === 'redirected' ? 'redirect-lost' : 'redirect-added'];
}

/**
 * What differs between two outcomes, empty when nothing does:
 * `no-listener` (the gateway takes no such connection), `refused` (answered by neither backend nor redirect, as it was before), `let-in` (forwarded, though it was refused or unknown before),
 * `redirect-lost`, `redirect-added`, `preflight` (answered by one side only), `status`, `location PART` (see `compareLocations`), `backend`, `weights`, `path`, `host`,
 * `upstream-protocol`, `upstream-tls-lost`, `upstream-tls-added`, `upstream-unverified`, `upstream-verified`, `upstream-name`, `upstream-ca`
 * (how backends are spoken to), `request-header NAME`, `response-header NAME`, `header-rewrite PART`, `error-pages`, `guard-lost KIND`, `guard-added KIND`, `guard KIND`, and
 * `limit KIND`.
 */
export function compareOutcomes(request: Pick<ProbeRequest, 'scheme' | 'host' | 'target'>, before: ProbeOutcome, after: ProbeOutcome): readonly string[] {
  // Who was refused before, or found nobody listening, and finds nobody listening now has lost nothing.
  if (isUnheard(after)) return isUnheard(before) || (before.kind === 'answered' && before.status >= 400) ? [] : ['no-listener'];
  if (before.kind === 'forwarded' && after.kind === 'forwarded') return compareForwarded(before, after);
  if (before.kind === 'redirected' && after.kind === 'redirected') {
    const location = compareLocations(request, before.location, after.location);
    return before.status === after.status ? location : ['status', ...location];
  }
  if (before.kind === 'answered' && after.kind === 'answered') {
    if (isPreflight(before) !== isPreflight(after)) return compareKinds(before, after);
    const headers = isPreflight(before) ? compareHeaders('response-header', before.responseHeaders, after.responseHeaders) : [];
    // 204 and 200 are one to browsers (https://fetch.spec.whatwg.org/#ok-status).
    return before.status === after.status || (isPreflight(before) && isPreflight(after)) ? headers : ['status', ...headers];
  }
  return compareKinds(before, after);
}
