import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/catalogue.ts';
import { compareOutcomes } from '../../../src/verify/compare/aspects.ts';
import { explanations } from '../../../src/verify/compare/explanations.ts';
import type { Guard, Limit, ProbeOutcome, Upstream } from '../../../src/verify/outcome.ts';
import { curlCommand, divergenceLine, groupDivergences, verifiedText } from '../../../src/report/divergences.ts';
import type { ReportedDivergence } from '../../../src/report/define.ts';
import { runText } from '../../support/migration.ts';
import { request } from './gateway-objects.ts';

type Forwarded = Extract<ProbeOutcome, { kind: 'forwarded' }>;

const none = new Map<string, string>();
const forwarded = (more: Partial<Forwarded> = {}): Forwarded => ({
  kind: 'forwarded',
  backends: [{ namespace: 'shop', name: 'web', port: 80, share: 1 }],
  target: '/x',
  host: 'a.test',
  requestHeaders: none,
  responseHeaders: none,
  guards: [],
  limits: [],
  ...more,
});
const redirected = (location: string, status = 308): ProbeOutcome => ({ kind: 'redirected', status, location });
const answered = (status: number, headers = none): ProbeOutcome => ({ kind: 'answered', status, responseHeaders: headers });
const guarded = (...guards: readonly (readonly [Guard['kind'], string])[]): Forwarded => forwarded({ guards: guards.map(([kind, detail]) => ({ kind, detail })) });
const limited = (kind: Limit['kind'], value: string, asked: boolean): Forwarded => forwarded({ limits: [{ kind, value, asked }] });
const spoken = (upstream: Upstream | undefined): Forwarded => forwarded({ backends: [{ namespace: 'shop', name: 'web', port: 80, share: 1, upstream }] });
const verified = (name: string, ca: string): Upstream => ({ protocol: 'http/1', tls: { name, ca } });
const shares = (...parts: readonly (readonly [string, number])[]): Forwarded => forwarded({ backends: parts.map(([name, share]) => ({ namespace: 'shop', name, port: 80, share })) });

describe('compareOutcomes', () => {
  it.each<readonly [string, ProbeOutcome, ProbeOutcome, readonly string[]]>([
    ['equal', forwarded(), forwarded(), []],
    ['backend', forwarded(), shares(['api', 1]), ['backend']],
    ['weights', shares(['a', 0.8], ['b', 0.2]), shares(['a', 0.5], ['b', 0.5]), ['weights']],
    ['same weights', shares(['a', 1 / 3], ['b', 2 / 3]), shares(['b', 0.6667], ['a', 0.3333]), []],
    ['path', forwarded(), forwarded({ target: '/y' }), ['path']],
    ['host', forwarded(), forwarded({ host: 'b.test' }), ['host']],
    ['host, letter case', forwarded(), forwarded({ host: 'A.test' }), []],
    ['headers by name', forwarded({ requestHeaders: new Map([['x-a', '1']]) }), forwarded({ responseHeaders: new Map([['x-b', '2']]) }), ['request-header x-a', 'response-header x-b']],
    ['list separators', forwarded({ responseHeaders: new Map([['allow', 'A, B']]) }), forwarded({ responseHeaders: new Map([['allow', 'A,B']]) }), []],
    ['a protection lost', guarded(['basic-auth', 'shop/users']), forwarded(), ['guard-lost basic-auth']],
    ['a protection more', forwarded(), guarded(['basic-auth', 'shop/users']), ['guard-added basic-auth']],
    ['another protection', guarded(['basic-auth', 'shop/users']), guarded(['basic-auth', 'shop/staff']), ['guard basic-auth']],
    ['one URL written in two ways', guarded(['external-auth', 'http://auth.iam.svc.cluster.local/check']), guarded(['external-auth', 'http://auth.iam:80/check']), []],
    ['one list written in two ways', guarded(['address-list', 'allow 10.0.0.1,10.1.0.0/16']), guarded(['address-list', 'allow 10.1.0.0/16,10.0.0.1/32']), []],
    ['stricter than any of several', guarded(['unknown', 'any of address-list allow 10.0.0.0/8, basic-auth shop/users']), guarded(['basic-auth', 'shop/users']), ['guard-added basic-auth']],
    ['laxer than any of several', guarded(['unknown', 'any of address-list allow 10.0.0.0/8, basic-auth shop/users']), guarded(['rate-limit', '5r/s']), ['guard-lost unknown', 'guard-added rate-limit']],
    ['a limit that somebody asked for lost', limited('body-size', '8388608', true), forwarded(), ['limit body-size']],
    ['a default of nginx that the gateway says nothing about', limited('body-size', '1048576', false), forwarded(), []],
    ['no limit on either side', limited('body-size', 'none', true), forwarded(), []],
    ['another limit', limited('read-timeout', '60s', false), limited('read-timeout', '30s', true), ['limit read-timeout']],
    ['the same limit', limited('read-timeout', '60s', false), limited('read-timeout', '60s', true), []],
    ['a limit that nginx has not', forwarded(), limited('request-timeout', '10s', true), ['limit request-timeout']],
    ['a limit that is said not to be', forwarded(), limited('request-timeout', 'none', true), []],
    ['a limit that nginx has and the gateway lifts', limited('body-size', '1048576', false), limited('body-size', 'none', true), ['limit body-size']],
    ['as many tries as nginx makes unasked', limited('tries', '3 after connect, error', false), limited('tries', '3 after connect', true), []],
    ['fewer tries', limited('tries', '3 after connect, error', false), limited('tries', '2 after connect, error', true), ['limit tries']],
    ['tries for another reason than asked', limited('tries', '3 after connect, 503', true), limited('tries', '3 after connect', true), ['limit tries']],
    ['another protocol to the backend', spoken({ protocol: 'http/2', tls: 'none' }), spoken(undefined), ['upstream-protocol']],
    ['TLS to the backend lost', spoken({ protocol: 'http/1', tls: 'unverified' }), spoken(undefined), ['upstream-tls-lost']],
    ['TLS to the backend added', spoken(undefined), spoken({ protocol: 'http/1', tls: 'unverified' }), ['upstream-tls-added']],
    ['backend no longer verified', spoken(verified('a', 's/ca')), spoken({ protocol: 'http/1', tls: 'unverified' }), ['upstream-unverified']],
    ['backend verified', spoken({ protocol: 'http/1', tls: 'unverified' }), spoken(verified('a', 's/ca')), ['upstream-verified']],
    ['another name and CA of the backend', spoken(verified('a', 's/ca')), spoken(verified('b', 's/other')), ['upstream-name', 'upstream-ca']],
    ['the same verification', spoken(verified('a', 's/ca')), spoken(verified('a', 's/ca')), []],
    ['how another backend is spoken to', spoken({ protocol: 'http/2', tls: 'none' }), shares(['api', 1]), ['backend']],
    ['a part of a header', forwarded({ headerRewrites: new Map([['location', 'http://a/ -> /']]) }), forwarded(), ['header-rewrite location']],
    ['error pages', forwarded({ errorPages: '404 by shop/pages' }), forwarded({ errorPages: '404 by 404' }), ['error-pages']],
    ['refused', forwarded(), answered(500), ['refused']],
    ['refused, was a redirect', redirected('https://a.test/'), answered(404), ['refused']],
    ['let in', answered(403), forwarded(), ['let-in']],
    ['another refusal', answered(503), answered(500), ['status']],
    ['nobody listens', forwarded(), answered(0), ['no-listener']],
    ['nobody listens to what was refused', answered(404), answered(0), []],
    ['redirect lost', redirected('https://a.test/'), forwarded(), ['redirect-lost']],
    ['redirect added', forwarded(), redirected('https://a.test/'), ['redirect-added']],
    ['status', redirected('https://a.test/', 301), redirected('https://a.test/'), ['status']],
    ['location', redirected('https://a.test/x'), redirected('https://a.test/y'), ['location path']],
    ['every part of a location', redirected('http://a.test/x?y'), redirected('https://b.test:8443/z'), ['location scheme', 'location host', 'location port', 'location path', 'location query']],
    ['a final slash of a location', redirected('https://a.test/x/'), redirected('https://a.test/x'), ['location slash']],
    ['a final slash of a query', redirected('https://a.test/x?y=/'), redirected('https://a.test/x?y='), ['location slash']],
    ['a location without scheme and host', redirected('/x'), redirected('http://a.test/x'), ['location relative']],
    ['a location below the path', redirected('x'), redirected('http://a.test/x'), ['location relative', 'location path']],
    ['location without path', redirected('https://a.test'), redirected('https://A.test/'), []],
    ['preflights', answered(204), answered(200), []],
    ['preflight sent on', answered(204), forwarded(), ['preflight']],
    ['preflight refused', answered(204), answered(500), ['refused']],
  ])('%s', (_name, before, after, expected) => {
    expect(compareOutcomes(request('http://a.test/dir/x'), before, after)).toEqual(expected);
  });
});

describe('explanations', () => {
  it('are by codes of the catalogue', () => {
    expect(Object.keys(explanations).filter((code) => !catalogue.has(code))).toEqual([]);
  });

  it('of lost protections come from codes about security, or about hosts and paths that others serve already', () => {
    const lax = Object.entries(explanations).filter(([code, entry]) => [entry].flat().some(({ aspects }) => aspects.includes('guard-lost *')) && catalogue.get(code)?.risk !== 'security');
    expect(lax.map(([code]) => code).sort()).toEqual([
      'canary-attachment/hides-main-path',
      'default/default-certificate-on-every-host',
      'default/path-normalisation',
      'host/wildcard-depth',
      'ingress/nothing-served',
      'listener/no-certificate',
      'location/duplicate',
      'server-alias/not-a-hostname',
      'server-alias/regex',
    ]);
  });
});

const ingress = (name: string, host: string, annotation: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: shop, annotations: {${annotation}}}
spec:
  ingressClassName: nginx
  rules: [{host: ${host}, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${name}, port: {number: 80}}}}]}}]
---`;

describe('a finding', () => {
  it('answers for its own Ingress alone', async () => {
    const guard = 'nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8';
    const { migration } = await runText(ingress('one', 'one.test', guard) + ingress('two', 'two.test', ''));
    const { createExplainer } = await import('../../../src/verify/compare/explain.ts');
    const explain = createExplainer(migration.configuration, migration.findings);
    expect(explain(request('http://one.test/'), ['refused'])).toEqual(['address-list/lost']);
    expect(explain(request('http://two.test/'), ['refused'])).toEqual([]);
    expect(explain(request('http://one.test/'), ['refused', 'backend']), 'every aspect needs one').toEqual([]);
    expect(explain(request('http://one.test//x'), ['path'])).toEqual(['default/path-normalisation']);
    expect(explain(request('http://one.test/x'), ['path']), 'about unusual paths only').toEqual([]);
  });
});

describe('reporting', () => {
  const divergence = (url: string, more: Partial<ReportedDivergence> = {}, headers: Readonly<Record<string, string>> = {}): ReportedDivergence => ({
    request: request(url, { headers }),
    before: forwarded({ target: '/API/x', backends: [{ namespace: 'shop', name: 'api', port: 8080, share: 1 }], host: 'shop.example.com' }),
    after: answered(404),
    aspects: ['refused'],
    explainedBy: ['regex-host/order'],
    ...more,
  });
  it('says a divergence in one line', () => {
    expect(divergenceLine(divergence('http://shop.example.com/API/x'))).toBe('GET http://shop.example.com/API/x   nginx: api:8080 /API/x   gateway: 404   because regex-host/order');
    expect(divergenceLine(divergence('http://a.test/x', { explainedBy: [], after: guarded(['basic-auth', 'shop/users']), aspects: ['guard basic-auth'], before: guarded(['basic-auth', 'shop/staff']) }))).toBe(
      'GET http://a.test/x   nginx: web:80 /x if basic-auth shop/staff   gateway: web:80 /x if basic-auth shop/users   unexplained: guard basic-auth',
    );
  });
  it('gives a command that no shell misreads', () => {
    expect(curlCommand(divergence("https://a.test/it's?x=$(id)", {}, { 'x-a': '`b`' }))).toBe(
      `curl -sS -o /dev/null -D - --path-as-is -k -H 'x-a: \`b\`' --connect-to a.test:443:ADDRESS:443 'https://a.test/it'\\''s?x=$(id)'`,
    );
  });
  it('groups by cause and shows the smallest request', () => {
    const divergences = [divergence('https://shop.example.com/API/long'), divergence('http://shop.example.com/A'), divergence('http://b.test/', { explainedBy: [], aspects: ['path'] })];
    const groups = groupDivergences({ requests: 10, equal: 7, divergences });
    expect(groups.map(({ cause, count, smallest }) => [cause, count, smallest.request.target])).toEqual([
      ['path', 1, '/'],
      ['regex-host/order', 2, '/A'],
    ]);
    expect(verifiedText({ requests: 10, equal: 7, divergences })).toBe('10 requests: 7 equal, 2 explained, 1 unexplained');
  });
});
