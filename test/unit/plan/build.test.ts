import { describe, expect, it } from 'vitest';
import type { CollectedIntents } from '../../../src/annotations/define.ts';
import type { EffectiveConfiguration, Server } from '../../../src/nginx/configuration.ts';
import type { StreamService } from '../../../src/nginx/configuration.ts';
import type { Intent } from '../../../src/plan/intents.ts';
import { planRoutes } from '../../../src/plan/build.ts';
import { owner, planHost, settings } from '../targets/fake.ts';

function server(host: string, aliases: readonly string[] = []): Server {
  const { rules, server: made } = planHost({ host, paths: [{ path: '/cart' }, { path: '/' }] });
  return { ...made, aliases: aliases.map((name) => ({ name, ingress: owner, certificate: { kind: 'default', reason: 'no-tls-section' } })), locations: rules.map(({ location }) => location) };
}

function plan(servers: readonly Server[], collected: Partial<CollectedIntents> = {}, more: Partial<EffectiveConfiguration> = {}): ReturnType<typeof planRoutes> {
  const configuration: EffectiveConfiguration = { settings, servers, ingresses: [owner], left: [], findings: [], ...more };
  return planRoutes(configuration, { byLocation: new Map(), byServer: new Map(), claims: [], findings: [], ...collected });
}

describe('planRoutes', () => {
  it('names the hostnames a route can state', () => {
    const { hosts } = plan([server('_'), server('shop.example.com', ['store.example.com', '*.store.example.com', '~^shop[0-9]+\\.example\\.com$', 'Shop_1'])]);
    expect(hosts.map(({ hostnames }) => hostnames)).toEqual([[], ['shop.example.com', 'store.example.com', '*.store.example.com']]);
  });

  it('names a host without aliases', () => {
    expect(plan([server('shop.example.com')]).hosts.map(({ hostnames }) => hostnames)).toEqual([['shop.example.com']]);
  });

  it('hands TCP and UDP services on, and says nothing of them where there are none', () => {
    const stream: StreamService = { protocol: 'TCP', port: 5432, backend: { namespace: 'shop', name: 'db', port: 5432 }, proxyProtocol: { decode: false, encode: false }, about: {} };
    expect(plan([], {}, { streams: [stream] }).streams).toEqual([stream]);
    expect(plan([], {}, { streams: [] })).not.toHaveProperty('streams');
    expect(plan([])).not.toHaveProperty('streams');
  });

  it('keeps the order of the locations, and ids that are unique', () => {
    const { hosts } = plan([server('a.example.com'), server('b.example.com')]);
    expect(hosts[0]?.rules.map(({ location }) => location.path)).toEqual(['/cart', '/']);
    expect(new Set(hosts.flatMap(({ rules }) => rules.map(({ id }) => id))).size).toBe(4);
  });

  it('puts the intents of a host on the host, wherever they were read, and the rest on rules', () => {
    const location: Intent = { kind: 'upstream-host', from: [], host: 'web.internal' };
    const root: Intent = { kind: 'app-root', from: [], path: '/home' };
    const made = server('shop.example.com');
    const id = made.locations[0]?.id ?? '';
    const { hosts } = plan([made], { byLocation: new Map([[id, [location, root]]]), byServer: new Map([['shop.example.com', [root, location]]]) });
    expect(hosts[0]?.intents).toEqual([root]);
    expect(hosts[0]?.rules.map(({ intents }) => intents)).toEqual([[location], []]);
  });
});
