import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { credentials } from '../traffic/supply.ts';
import { ingress, serveAndAsk, type Ask, type Made } from './ask.ts';
import { pairs } from './pairs.ts';
import { isPresent } from './world/state.ts';
import { World } from './world/world.ts';

const world = new World();
const own = { target: 'envoy-gateway', implementation: 'envoy-gateway' } as const;

beforeAll(async () => {
  await world.start();
  await world.clearAll();
});
afterAll(async () => await world.stop());

const serve = async (...made: readonly Made[]): Promise<Ask> => await serveAndAsk(world, own, made.map(ingress));

/** Asks until the backends are there; new endpoints may take a while. */
async function ready(ask: Ask, target: string, how: Parameters<Ask>[1] = {}): Promise<void> {
  await expect.poll(async () => (await ask(target, how).catch(() => undefined))?.status ?? 0, { timeout: 20_000, interval: 250 }).not.toBe(503);
}

describe.runIf(isPresent('envoy-gateway'))('policies work on a running Envoy Gateway', () => {
  test('basic authentication', async () => {
    const ask = await serve({ annotations: { 'auth-type': 'basic', 'auth-secret': 'users' } });
    await ready(ask, '/', { headers: { authorization: credentials } });
    expect((await ask('/', { headers: { authorization: credentials } })).echo?.service).toBe('shop/web');
    expect((await ask('/')).status).toBe(401);
    expect((await ask('/', { headers: { authorization: `Basic ${Buffer.from('user:wrong').toString('base64')}` } })).status).toBe(401);
  });

  test('external authentication', async () => {
    world.backends.decide('iam/auth', (headers) => (headers['cookie'] === 'session=ok' ? 200 : 401));
    const ask = await serve({ annotations: { 'auth-url': 'http://auth.iam.svc.cluster.local/check', 'auth-response-headers': 'X-User' } });
    await ready(ask, '/', { headers: { cookie: 'session=ok' } });
    const let_in = await ask('/x', { headers: { cookie: 'session=ok' } });
    expect(let_in.echo).toMatchObject({ service: 'shop/web', path: '/x', headers: { 'x-user': 'ann' } });
    expect((await ask('/x')).status).toBe(401);
    expect((await ask('/x', { headers: { 'x-user': 'mallory' } })).status).toBe(401);
    expect(world.backends.received.get('iam/auth')?.at(-1)?.path).toBe('/check');
  });

  test('address lists', async () => {
    const ask = await serve({ annotations: { 'allowlist-source-range': '10.98.0.0/24' } }, { name: 'api', path: '/api', annotations: { 'denylist-source-range': '10.98.200.0/24' } });
    await ready(ask, '/');
    expect((await ask('/')).echo?.service).toBe('shop/web');
    expect((await ask('/', { from: '10.98.200.1' })).status).toBe(403);
    expect((await ask('/api')).echo?.service).toBe('shop/api');
    expect((await ask('/api', { from: '10.98.200.1' })).status).toBe(403);
    expect((await ask('/api', { from: '10.98.201.1' })).echo?.service).toBe('shop/api');
    // The header that a client sends itself opens nothing.
    expect((await ask('/', { from: '10.98.200.1', headers: { 'x-forwarded-for': '10.98.0.1' } })).status).toBe(403);
  });

  test('rate limits, a bucket for each address', async () => {
    const ask = await serve({ annotations: { 'limit-rpm': '10' } });
    await ready(ask, '/', { from: '10.98.202.1' });
    const burst = await Promise.all(Array.from({ length: 30 }, async () => (await ask('/')).status));
    const passed = burst.filter((status) => status === 200).length;
    expect(burst.filter((status) => status === 429).length).toBe(30 - passed);
    expect(passed).toBeGreaterThan(0);
    expect(passed).toBeLessThanOrEqual(10);
    expect((await ask('/', { from: '10.98.203.1' })).status).toBe(200);
  });

  test('body sizes', async () => {
    const ask = await serve({ annotations: { 'proxy-body-size': '1k' } });
    await ready(ask, '/');
    expect((await ask('/', { method: 'POST', body: 'x'.repeat(900) })).status).toBe(200);
    expect((await ask('/', { method: 'POST', body: 'x'.repeat(3000) })).status).toBe(413);
  });

  test('timeouts', async () => {
    const ask = await serve({ annotations: { 'proxy-read-timeout': '2', 'proxy-send-timeout': '2' } }, { name: 'slow', path: '/slow', annotations: {} });
    await ready(ask, '/');
    expect((await ask('/?sleep=500')).status).toBe(200);
    expect((await ask('/?sleep=5000')).status).toBe(504);
    // Longer than the 15 seconds that Envoy grants by itself, shorter than the minute of nginx.
    expect((await ask('/slow?sleep=17000')).status).toBe(200);
  });

  test('rewrites with captures', async () => {
    const ask = await serve({ path: '/svc(/|$)(.*)', pathType: 'ImplementationSpecific', annotations: { 'rewrite-target': '/$2' } });
    await ready(ask, '/svc');
    const path = async (target: string): Promise<string | number> => {
      const { echo, status } = await ask(target);
      return echo?.path ?? status;
    };
    expect(await Promise.all(['/svc', '/svc/', '/svc/a/b?c=d', '/svca', '/SVC/x'].map(path))).toEqual(['/', '/', '/a/b?c=d', 404, '/x']);
  });

  test('canary weights and headers', async () => {
    const ask = await serve({ annotations: {} }, { name: 'next', annotations: { canary: 'true', 'canary-weight': '30', 'canary-by-header': 'X-Canary' } });
    await ready(ask, '/');
    const services = await Promise.all(Array.from({ length: 300 }, async () => (await ask('/')).echo?.service));
    const share = services.filter((service) => service === 'shop/next').length;
    expect(share).toBeGreaterThan(50);
    expect(share).toBeLessThan(130);
    expect((await ask('/', { headers: { 'x-canary': 'always' } })).echo?.service).toBe('shop/next');
    expect((await ask('/', { headers: { 'x-canary': 'never' } })).echo?.service).toBe('shop/web');
  });

  test('client certificates', async () => {
    const ask = await serve({ tls: true, annotations: { 'auth-tls-secret': 'shop/ca', 'auth-tls-verify-client': 'on' } });
    const { pair } = world;
    await ready(ask, '/', { scheme: 'https', pair });
    expect((await ask('/', { scheme: 'https', pair })).echo?.service).toBe('shop/web');
    await expect(ask('/', { scheme: 'https' })).rejects.toThrow();
  });

  test('session cookies', async () => {
    const ask = await serve({ annotations: { affinity: 'cookie', 'session-cookie-name': 'stick', 'session-cookie-max-age': '3600' } });
    await ready(ask, '/');
    expect((await ask('/')).headers.get('set-cookie')).toMatch(/^stick=.*Max-Age=3600/iu);
  });

  test('copies for a mirror', async () => {
    world.backends.watch('shop/shadow');
    const ask = await serve({ annotations: { 'mirror-target': 'http://shadow.shop.svc.cluster.local$request_uri' } });
    await ready(ask, '/');
    expect((await ask('/x?y=1')).echo?.service).toBe('shop/web');
    await expect.poll(() => world.backends.received.get('shop/shadow')?.map(({ path }) => path)).toContain('/x?y=1');
  });
});

describe.runIf(isPresent('envoy-gateway'))('answers without a backend work on a running Envoy Gateway', () => {
  test('text, percent signs and headers', async () => {
    const text = '100% a%20b %REQ(:path)%';
    const snippet = `default_type text/plain; more_set_headers "X-Half: 50%"; return 200 "${text}";`;
    const ask = await serve(
      { path: '/text', annotations: { 'configuration-snippet': snippet } },
      { path: '/gone', name: 'gone', annotations: { 'configuration-snippet': 'return 410;' } },
      { path: '/query', name: 'query', annotations: { 'configuration-snippet': 'return 301 https://new.example.com/?a=100%25&b=%20c;' } },
    );
    await expect.poll(async () => (await ask('/text')).status, { timeout: 20_000 }).toBe(200);
    const answer = await ask('/text');
    expect(['content-type', 'content-length', 'x-half'].map((name) => answer.headers.get(name))).toEqual(['text/plain', String(text.length), '50%']);
    expect((await ask('/gone/x', { method: 'POST', body: 'x' })).status).toBe(410);
    const moved = await ask('/query?c=d');
    expect([moved.status, moved.headers.get('location')]).toEqual([301, 'https://new.example.com/?a=100%25&b=%20c']);
  });
});

describe.each(pairs)('$name: redirects', (pair) => {
  test('carry the headers of a snippet', async () => {
    await world.clearAll();
    const ask = await serveAndAsk(world, pair, [ingress({ annotations: { 'configuration-snippet': 'more_set_headers "X-Robots-Tag: noindex"; return 301 https://new.example.com$request_uri;' } })]);
    await expect.poll(async () => (await ask('/a')).status, { timeout: 20_000 }).toBe(301);
    const { headers } = await ask('/a?b=c');
    expect([headers.get('location'), headers.get('x-robots-tag')]).toEqual(['https://new.example.com/a?b=c', 'noindex']);
  });
});

/** Protections that one target or the other cannot express: what comes out must forward to nobody. */
const inexpressible: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'digest authentication': { 'auth-type': 'digest', 'auth-secret': 'users' },
  'basic authentication': { 'auth-type': 'basic', 'auth-secret': 'users' },
  'authentication outside the cluster': { 'auth-url': 'https://auth.example.org/check' },
  'authentication inside the cluster': { 'auth-url': 'http://auth.iam.svc.cluster.local/check' },
  'an allow list': { 'allowlist-source-range': '192.0.2.0/24' },
  'a rate limit': { 'limit-rps': '1' },
  'a web application firewall': { 'enable-modsecurity': 'true', 'modsecurity-snippet': 'SecRuleEngine On' },
};

describe.each(pairs)('$name: closed rules', (pair) => {
  test.each(Object.entries(inexpressible))('%s forwards nothing unasked', async (_name, annotations) => {
    await world.clearAll();
    world.backends.decide('iam/auth', () => 401);
    const ask = await serveAndAsk(world, pair, [ingress({ annotations, path: '/closed' }), ingress({ name: 'open', path: '/open', annotations: {} })]);
    await ready(ask, '/open');
    expect((await ask('/open')).echo?.service).toBe('shop/open');
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await ask('/closed/x')).status));
    const expected = 'limit-rps' in annotations && pair.target === 'envoy-gateway' ? [200, 429] : [401, 403, 500, 503];
    expect(expected, statuses.join(' ')).toEqual(expect.arrayContaining([...new Set(statuses)]));
  });
});
