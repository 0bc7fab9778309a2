import { describe, expect, it } from 'vitest';
import type { LoweredRule } from '../../../src/targets/lowered.ts';
import { lower, owner, secret, type HostSpec, type Lowered, type PathSpec } from './fake.ts';
import { growth, inProportion } from '../../support/growth.ts';

const from = [{ ingress: owner, key: 'nginx.ingress.kubernetes.io/some-annotation' }] as const;
const redirect = { kind: 'https-redirect', from: [], status: 308, preserveTrailingSlash: false } as const;

/** `scope match -> what it does`, one line a rule. */
function show({ listeners, matches, filters, backendRefs, closedBy, hostnames }: LoweredRule): string {
  const match = matches.map(({ path, headers = [] }) => [path.type, path.value, ...headers.map(({ name, value }) => `${name}=${value}`)].join(' ')).join();
  const [answer] = filters.flatMap((filter) => (filter.type === 'RequestRedirect' ? [filter.requestRedirect] : []));
  const does =
    answer === undefined
      ? backendRefs.map(({ name, weight, namespace }) => [namespace, name, weight].filter((part) => part !== undefined).join(':')).join()
      : JSON.stringify(answer);
  return `${hostnames.join()} ${listeners} ${match} -> ${closedBy.length > 0 ? `closed by ${closedBy.join()}` : does}`;
}

const shown = (hosts: readonly HostSpec[], options = {}): readonly string[] => lower(hosts, options).rules.map(show);
const listenersOf = ({ listeners }: Lowered): readonly string[] =>
  listeners.map(({ protocol, hostname, certificate, namespaces }) => `${protocol} ${hostname} ${certificate?.name ?? '-'} ${namespaces.join()}`);

describe('listeners', () => {
  it('serve a host without certificate over HTTP alone', () => {
    const lowered = lower([{ paths: [{ path: '/' }] }]);
    expect(lowered.rules.map(show)).toEqual(['shop.example.com http PathPrefix / -> web']);
    expect(listenersOf(lowered)).toEqual(['HTTP  - shop']);
  });

  it('serve a host with a certificate over both', () => {
    const lowered = lower([{ certificate: secret, paths: [{ path: '/' }] }]);
    expect(lowered.rules.map(show)).toEqual(['shop.example.com both PathPrefix / -> web']);
    expect(listenersOf(lowered)).toEqual(['HTTP  - shop', 'HTTPS shop.example.com shop-tls shop']);
  });

  it('answer plain HTTP of a whole host with one redirect', () => {
    expect(shown([{ certificate: secret, paths: [{ path: '/a', intents: [redirect] }, { path: '/', intents: [redirect] }] }])).toEqual([
      'shop.example.com https PathPrefix /a -> web',
      'shop.example.com https PathPrefix / -> web',
      'shop.example.com http PathPrefix / -> {"scheme":"https","statusCode":308}',
    ]);
  });

  it('redirect rule by rule when some paths stay on HTTP', () => {
    expect(shown([{ certificate: secret, paths: [{ path: '/a', intents: [redirect] }, { path: '/open' }] }])).toEqual([
      'shop.example.com https PathPrefix /a -> web',
      'shop.example.com both PathPrefix /open -> web',
      'shop.example.com http PathPrefix /a -> {"scheme":"https","statusCode":308}',
    ]);
  });

  it('never serve plain what was redirected, even without a certificate', () => {
    const host: HostSpec = { certificate: { kind: 'default', reason: 'no-secret-name' }, paths: [{ path: '/', intents: [redirect] }] };
    const lowered = lower([host]);
    expect(lowered.rules.map(show)).toEqual(['shop.example.com http PathPrefix / -> {"scheme":"https","statusCode":308}']);
    expect(lowered.codes).toEqual(['listener/no-certificate']);
    const named = lower([host], { settings: { defaultSslCertificate: { namespace: 'infra', name: 'wildcard' } } });
    expect(listenersOf(named)).toEqual(['HTTP  - shop', 'HTTPS  wildcard ', 'HTTPS shop.example.com wildcard shop']);
    const rejecting = lower([host], { settings: { defaultSslCertificate: { namespace: 'infra', name: 'wildcard' }, sslRejectHandshake: true } });
    expect(listenersOf(rejecting)).toEqual(['HTTP  - shop', 'HTTPS shop.example.com wildcard shop']);
    expect(named.codes).toEqual([]);
  });

  it('say 301 where the version has no 308', () => {
    const lowered = lower([{ certificate: secret, paths: [{ path: '/', intents: [redirect] }] }], { version: '1.4' });
    expect(lowered.rules.map(show)[1]).toContain('"statusCode":301');
    expect(lowered.codes).toEqual(['https-redirect/status']);
  });

  it('pass TLS through to the backend of the root', () => {
    const host: HostSpec = { certificate: secret, intents: [{ kind: 'tls-passthrough', from, assumed: false }], paths: [{ path: '/' }] };
    const lowered = lower([host]);
    expect(lowered.rules.map(({ routeKind, listeners }) => `${routeKind} ${listeners}`)).toEqual(['HTTPRoute http', 'TLSRoute https']);
    expect(listenersOf(lowered)).toEqual(['HTTP  - shop', 'TLS shop.example.com - shop']);
    const old = lower([host], { version: '1.4' });
    expect(listenersOf(old)).toEqual(['HTTP  - shop']);
    expect(old.codes).toEqual(['tls-passthrough/lost']);
  });
});

describe('rules', () => {
  it('leave out the root that nginx adds, unless it answers something', () => {
    const none: PathSpec = { path: '/', automatic: true, backend: { kind: 'none', status: 404, reason: 'default backend' } };
    expect(shown([{ paths: [{ path: '/a' }, none] }])).toEqual(['shop.example.com http PathPrefix /a -> web']);
    const intents = [{ kind: 'redirect', from, status: 301, location: 'https://new.example.com/x' }] as const;
    expect(shown([{ paths: [{ ...none, intents }] }])).toEqual([
      'shop.example.com http PathPrefix / -> {"scheme":"https","hostname":"new.example.com","path":{"type":"ReplaceFullPath","replaceFullPath":"/x"},"statusCode":301}',
    ]);
    expect(shown([{ paths: [none] }])).toEqual([]);
  });

  it('stay closed where nginx has nothing to forward to', () => {
    const lowered = lower([{ paths: [{ path: '/gone', backend: { kind: 'none', status: 503, reason: 'Service missing' } }] }]);
    expect(lowered.rules.map(show)).toEqual(['shop.example.com http PathPrefix /gone -> closed by closed-rule/no-backend']);
  });

  it('close when a protection is lost, and forward nothing at all', () => {
    const protections: readonly NonNullable<PathSpec['intents']>[number][] = [
      { kind: 'address-list', from, allow: ['10.0.0.0/8'], deny: [] },
      { kind: 'basic-auth', from, scheme: 'basic', secret: { namespace: 'shop', name: 'users' }, secretType: 'auth-file', realm: '' },
      { kind: 'external-auth', from, url: 'http://auth', method: '', signinUrl: '', signinRedirectParam: '', responseHeaders: [], extras: new Map() },
      { kind: 'rate-limit', from, requestsPerSecond: 1, requestsPerMinute: 0, burstMultiplier: 5, rejectStatus: 503, exempt: [] },
      { kind: 'connection-limit', from, connections: 1, rejectStatus: 503, exempt: [] },
      { kind: 'snippet', from, context: 'location', directive: 'deny', line: 1, protective: true },
      { kind: 'waf', from, records: false, coreRules: true, transactionId: '' },
      { kind: 'refused', from, meaning: 'answers no request of the Ingress' },
      { kind: 'backend-protocol', from, protocol: 'HTTPS' },
    ];
    for (const intent of protections) {
      const { rules, findings } = lower([{ paths: [{ path: '/', intents: [intent] }] }]);
      expect(rules).toHaveLength(1);
      expect(rules[0]).toMatchObject({ filters: [], backendRefs: [], policies: [] });
      expect(rules[0]?.closedBy).toHaveLength(1);
      expect(findings.filter(({ entry }) => entry.risk === 'security' && entry.fidelity === 'lost')).toHaveLength(1);
    }
  });

  it('stay closed where nginx refuses the requests itself', () => {
    const { findings } = lower([{ paths: [{ path: '/', intents: [{ kind: 'refused', from, meaning: 'answers no request of the Ingress' }] }] }]);
    expect(findings.map(({ code }) => code)).toContain('refused/lost');
  });

  it('open again when the loss is accepted by name, and for nothing else', () => {
    const intents = [
      { kind: 'rate-limit', from, requestsPerSecond: 1, requestsPerMinute: 0, burstMultiplier: 5, rejectStatus: 503, exempt: [] },
      { kind: 'connection-limit', from, connections: 1, rejectStatus: 503, exempt: [] },
    ] as const;
    const one = shown([{ paths: [{ path: '/', intents }] }], { accepted: ({ code }: { code: string }) => code === 'rate-limit/lost' });
    expect(one).toEqual(['shop.example.com http PathPrefix / -> closed by connection-limit/lost']);
    expect(shown([{ paths: [{ path: '/', intents }] }], { accepted: () => true })).toEqual(['shop.example.com http PathPrefix / -> web']);
    const broken = [{ kind: 'redirect', from, status: 301, location: 'https://a.example.com/?q=1' }] as const;
    expect(shown([{ paths: [{ path: '/', intents: broken }] }], { accepted: () => true })).toEqual([
      'shop.example.com http PathPrefix / -> closed by redirect/unsayable',
    ]);
  });

  it('close every path of a host that asks for client certificates', () => {
    const intents = [{ kind: 'client-certificate', from, secret: { namespace: 'shop', name: 'ca' }, verify: 'on', depth: 1, errorPage: '', passCertificate: false, matchCn: '' }] as const;
    const rules = lower([{ certificate: secret, intents, paths: [{ path: '/a' }, { path: '/' }] }]).rules;
    expect(rules.map(({ closedBy }) => closedBy)).toEqual([['client-certificate/unconfirmed'], ['client-certificate/unconfirmed']]);
  });

  it('do not protect a redirect, as nginx does not', () => {
    const intents = [
      { kind: 'basic-auth', from, scheme: 'basic', secret: { namespace: 'shop', name: 'users' }, secretType: 'auth-file', realm: '' },
      { kind: 'redirect', from, status: 302, location: '/new' },
      redirect,
    ] as const;
    const lowered = lower([{ certificate: secret, paths: [{ path: '/old', intents }] }]);
    expect(lowered.rules.map(show)).toEqual(['shop.example.com both PathPrefix /old -> {"path":{"type":"ReplaceFullPath","replaceFullPath":"/new"},"statusCode":302}']);
    expect(lowered.codes).toEqual(['redirect/answers-first', 'redirect/query-kept']);
  });

  it('answer the path without its slash, and exactly the root for app-root', () => {
    const intents = [{ kind: 'app-root', from, path: '/app' }] as const;
    expect(shown([{ certificate: secret, intents, paths: [{ path: '/foo/', addSlashRedirect: true }, { path: '/' }] }])).toEqual([
      'shop.example.com both Exact / -> {"path":{"type":"ReplaceFullPath","replaceFullPath":"/app"},"statusCode":302}',
      'shop.example.com both PathPrefix /foo -> web',
      'shop.example.com both Exact /foo -> {"path":{"type":"ReplaceFullPath","replaceFullPath":"/foo/"},"statusCode":301}',
      'shop.example.com both PathPrefix / -> web',
    ]);
  });

  it('redirect the twin name, unless it has rules of its own', () => {
    const intents = [{ kind: 'www-redirect', from, status: 308, fromHost: 'www.shop.example.com' }] as const;
    const host: HostSpec = { certificate: secret, intents, paths: [{ path: '/' }] };
    const lowered = lower([host]);
    expect(lowered.rules.map(show)[1]).toBe('www.shop.example.com both PathPrefix / -> {"hostname":"shop.example.com","statusCode":308}');
    expect(listenersOf(lowered)).toContain('HTTPS www.shop.example.com shop-tls shop');
    expect(lower([host, { host: 'www.shop.example.com', paths: [{ path: '/' }] }]).rules).toHaveLength(2);
  });
});

describe('wider hosts', () => {
  it('are named where they may answer for a host', () => {
    const wild: HostSpec = { host: '*.example.com', paths: [{ path: '/' }] };
    const deep: HostSpec = { host: 'a.b.example.com', paths: [{ path: '/x' }] };
    expect(lower([wild, deep]).codes).toEqual(['host/fall-through', 'host/wildcard-depth']);
    expect(lower([wild, { ...deep, paths: [{ path: '/' }] }]).codes).toEqual(['host/wildcard-depth']);
    expect(lower([{ host: '_', paths: [{ path: '/any' }] }, deep]).codes).toEqual(['host/controller-paths', 'host/fall-through']);
    expect(lower([deep]).codes).toEqual([]);
  });
});

describe('canary', () => {
  const canary = { kind: 'canary', from, weight: 0, weightTotal: 100, header: '', headerValue: '', headerPattern: '', cookie: '', backend: { namespace: 'lab', name: 'next', port: 80 } } as const;
  const rules = (parts: object): readonly string[] => shown([{ paths: [{ path: '/', intents: [{ ...canary, ...parts }] }] }]).map((line) => line.replace('shop.example.com http PathPrefix /', ''));

  it('weighs', () => {
    expect(rules({ weight: 30 })).toEqual([' -> web:70,lab:next:30']);
    expect(rules({ weight: 300, weightTotal: 1000 })).toEqual([' -> web:700,lab:next:300']);
    expect(rules({ weight: 5, weightTotal: 10 })).toEqual([' -> web:95,lab:next:5']);
    expect(rules({ weight: 150 })).toEqual([' -> lab:next']);
    expect(rules({})).toEqual([' -> web']);
  });

  it('keeps never away from the weight', () => {
    expect(rules({ header: 'X-Can', weight: 10 })).toEqual([' X-Can=always -> lab:next', ' X-Can=never -> web', ' -> web:90,lab:next:10']);
    expect(rules({ header: 'X-Can', headerValue: 'yes' })).toEqual([' X-Can=yes -> lab:next', ' -> web']);
  });

  it('finds the cookie among others, whatever the case of its name', () => {
    const [branch] = lower([{ paths: [{ path: '/', intents: [{ ...canary, cookie: 'cc' }] }] }]).rules;
    const value = branch?.matches[0]?.headers?.[0]?.value ?? '';
    const regex = new RegExp(value.replace('(?i:cc)', '(?:[cC][cC])'));
    for (const cookie of ['cc=always', 'CC=always', 'a=b; cc=always', 'cc=always; x=y']) expect([cookie, regex.test(cookie)]).toEqual([cookie, true]);
    for (const cookie of ['cc=alwaysX', 'xcc=always', 'cc=never', '']) expect([cookie, regex.test(cookie)]).toEqual([cookie, false]);
  });

  it('says so when a pattern cannot be matched', () => {
    const lowered = lower([{ paths: [{ path: '/', intents: [{ ...canary, header: 'X-Can', headerPattern: '(?=x)' }] }] }]);
    expect(lowered.codes).toContain('canary/condition-lost');
  });
});

describe('implicit defaults', () => {
  it('are said once a run, and not where the settings turned them off', () => {
    const hosts = [{ host: 'a.example.com', paths: [{ path: '/' }] }, { host: 'b.example.com', paths: [{ path: '/' }] }];
    const count = (code: string, options = {}): number => lower(hosts, options).findings.filter((finding) => finding.code === code).length;
    expect(count('default/hsts')).toBe(1);
    expect(count('default/hsts', { settings: { hsts: { enabled: false, maxAgeSeconds: 0, includeSubDomains: false, preload: false } } })).toBe(0);
    expect(lower([]).findings).toEqual([]);
  });
});

describe('lowerPlan', () => {
  it('takes time in proportion to the hosts', async () => {
    const hosts = (length: number) => Array.from({ length }, (_, index) => ({ host: `h${index}.example.com`, certificate: secret, paths: [{ path: '/api', intents: [redirect] }, { path: '/', intents: [redirect] }] }));
    expect(lower(hosts(250)).rules).toHaveLength(750);
    expect(await growth((count) => lower(hosts(count)), 250)).toBeLessThan(inProportion);
  });
});
