import { describe, expect, it } from 'vitest';
import { build, codesOf, path, serverOf, service, toldOf, type Given } from './given.ts';
import { serve } from './serve.ts';

const host = 'shop.example.com';
const plain: Given = { rules: { [host]: [path('P /foo')] } };

describe('servers', () => {
  it('are one per host, the catch-all first, and none that nobody asked for', () => {
    const configuration = build([{ rules: { 'b.example.com': [path('P /')], '': [path('P /any')], '*.example.com': [path('P /')], 'a.example.com': [path('P /')] } }]);
    expect(configuration.servers.map((server) => server.host)).toEqual(['_', '*.example.com', 'a.example.com', 'b.example.com']);
    expect(build([plain]).servers.map((server) => server.host)).toEqual([host]);
  });

  it('have locations with ids of their own', () => {
    const ids = build([{ rules: { [host]: [path('P /foo'), path('E /foo'), path('P /')], 'b.example.com': [path('P /foo')] } }])
      .servers.flatMap(({ locations }) => locations)
      .map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the automatic /', () => {
  it('belongs to the first Ingress and answers 404', () => {
    const configuration = build([
      { name: 'young', created: 2, rules: { [host]: [path('P /b')] } },
      { name: 'old', created: 1, rules: { [host]: [path('P /a')] } },
    ]);
    const root = serverOf(configuration, host).locations.at(-1);
    expect([root?.path, root?.automatic, root?.ingress?.ref.name, root?.backend.kind]).toEqual(['/', true, 'old', 'none']);
  });

  it('is replaced by a Prefix / and stays beside an Exact /', () => {
    const roots = (text: string) => serverOf(build([{ rules: { [host]: [path(text)] } }]), host).locations.map(({ automatic }) => automatic);
    expect([roots('P /'), roots('I /'), roots('E /')]).toEqual([[false], [false], [true, false]]);
  });
});

describe('default backends', () => {
  it('without rules serve unknown hosts', () => {
    const configuration = build([{ name: 'default', defaultBackend: 'fallback:80' }, plain]);
    expect(serve(serverOf(configuration, '_'), '/x')).toBe('fallback');
    expect(serve(serverOf(configuration, host), '/x')).toBe('404');
  });

  it('with rules serve what no path of the host matches', () => {
    const configuration = build([{ ...plain, defaultBackend: 'fallback:80' }]);
    expect(serve(serverOf(configuration, host), '/x')).toBe('fallback');
    expect(configuration.servers).toHaveLength(1);
  });

  it('serve a host without paths', () => {
    expect(serve(serverOf(build([{ rules: { [host]: [] }, defaultBackend: 'fallback:80' }]), host), '/x')).toBe('fallback');
  });

  it('do not serve a host that an older Ingress names', () => {
    const configuration = build([{ ...plain, name: 'old', created: 1 }, { name: 'young', created: 2, rules: { [host]: [path('P /b')] }, defaultBackend: 'fallback:80' }]);
    expect(serve(serverOf(configuration, host), '/x')).toBe('404');
    expect(codesOf(configuration)).toEqual(['host/known-elsewhere']);
  });

  it('are one for unknown hosts', () => {
    const configuration = build([{ name: 'b', created: 2, defaultBackend: 'b:80' }, { name: 'a', created: 1, defaultBackend: 'a:80' }]);
    expect(serve(serverOf(configuration, '_'), '/')).toBe('a');
    expect(codesOf(configuration)).toEqual(['host/second-catch-all']);
  });

  // nginx-semantics, section 1: a default of hosts first created by this Ingress, and never of the catch-all.
  it.each<[string, readonly Given[], readonly [string, string, Readonly<Record<string, string>>]]>([
    [
      'a host of an older Ingress',
      [{ ...plain, name: 'old', created: 1 }, { name: 'young', created: 2, rules: { [host]: [path('P /b')] }, defaultBackend: 'fallback:80' }],
      ['host/known-elsewhere', 'Ingress shop/young', { ingress: 'shop/young', host, first: 'shop/old' }],
    ],
    [
      'unknown hosts',
      [{ rules: { '': [path('P /any')] }, defaultBackend: 'fallback:80' }],
      ['host/known-elsewhere', 'Ingress shop/web', { ingress: 'shop/web', host: 'unknown hosts', first: 'the controller itself' }],
    ],
    [
      'unknown hosts a second time',
      [{ name: 'b', created: 2, defaultBackend: 'b:80' }, { name: 'a', created: 1, defaultBackend: 'a:80' }],
      ['host/second-catch-all', 'Ingress shop/b', { ingress: 'shop/b', first: 'shop/a' }],
    ],
    [
      'unknown hosts whose / has a rule',
      [{ name: 'a', created: 1, rules: { '': [path('P /')] } }, { name: 'b', created: 2, defaultBackend: 'b:80' }],
      ['location/taken', 'Ingress shop/a', { path: '/', host: 'unknown hosts', ingress: 'shop/a', winner: 'Ingress shop/b' }],
    ],
    ['anything that is no Service', [{ ...plain, defaultBackend: 'resource' }], ['backend/default-resource', 'Ingress shop/web', { ingress: 'shop/web', resource: 'StorageBucket static' }]],
  ])('do not serve %s', (_, givens, expected) => {
    expect(toldOf(build(givens))).toEqual([expected]);
  });

  it('do serve a host that only a younger Ingress names as well', () => {
    const configuration = build([{ ...plain, created: 1, defaultBackend: 'fallback:80' }, { name: 'young', created: 2, rules: { [host]: [path('P /b')] } }]);
    expect([serve(serverOf(configuration, host), '/x'), toldOf(configuration)]).toEqual(['fallback', []]);
  });

  it('belong to the Ingress whose annotations count', () => {
    const own = (given: Given, name: string) => serverOf(build([given]), name).locations.map(({ path: text, automatic, ingress, rule }) => [text, automatic, ingress?.ref.name, rule === undefined]);
    expect(own({ defaultBackend: 'fallback:80' }, '_')).toEqual([['/', false, 'web', true]]);
    expect(own({ ...plain, defaultBackend: 'fallback:80' }, host)).toEqual([['/foo', false, 'web', false], ['/', true, 'web', true]]);
    expect(own({ rules: { '': [path('P /any')] } }, '_')).toEqual([['/any', false, 'web', false], ['/', true, undefined, true]]);
  });

  it('may be the controller\'s own', () => {
    const settings = { defaultBackendService: { namespace: 'shop', name: 'errors' } };
    const found = build([plain], { settings, services: [service('errors', [{ port: 8080 }])] });
    expect([serve(serverOf(found, host), '/x'), serve(serverOf(found, '_'), '/')]).toEqual(['errors', 'errors']);
    const unknown = (services: Parameters<typeof service>[1][]) => toldOf(build([plain], { settings, services: services.map((ports) => service('errors', ports)) }));
    expect([unknown([]), unknown([[]])]).toEqual(Array.from({ length: 2 }, () => [['backend/default-service-unknown', '', { service: 'shop/errors' }]]));
    expect(serverOf(found, '_').locations[0]?.backend).toMatchObject({ namespace: 'shop', port: 8080, upstream: { key: 'upstream-default-backend', ingresses: [] } });
  });
});

describe('backends', () => {
  const port = (reference: string, services: Parameters<typeof build>[1] = {}) => {
    const configuration = build([{ rules: { [host]: [path('P /', `web:${reference}`)] } }], services);
    const backend = serverOf(configuration, host).locations[0]?.backend;
    return [backend?.kind === 'service' ? backend.port : backend?.status, codesOf(configuration)] as const;
  };
  const services = [service('web', [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'admin', port: 9000, targetPort: 'management' }])];

  it.each([
    ['80', 80],
    ['8080', 80],
    ['http', 80],
    ['admin', 9000],
    ['management', 9000],
    ['9000', 9000],
  ])('port %s is Service port %i', (reference, expected) => {
    expect(port(reference, { services })).toEqual([expected, []]);
  });

  it('answer 503 for a port the Service does not have', () => {
    expect(port('81', { services })).toEqual([503, ['backend/no-such-port']]);
  });

  it('take a number as it stands when the Service is not there, and cannot take a name', () => {
    expect(port('81')).toEqual([81, []]);
    expect(port('http')).toEqual([503, ['backend/port-name-unresolved']]);
  });

  it('of type ExternalName are told once', () => {
    const external = service('web', [], { type: 'ExternalName', externalName: 'web.example.net' });
    const configuration = build([{ rules: { [host]: [path('P /', 'web:443'), path('P /b', 'web:443')] } }], { services: [external] });
    expect(toldOf(configuration)).toEqual([['backend/external-name', 'Ingress shop/web', { service: 'shop/web', name: 'web.example.net' }]]);
    expect(serve(serverOf(configuration, host), '/')).toBe('web');
  });

  it('that are resources have no location', () => {
    const configuration = build([{ rules: { [host]: [path('P /static', 'resource')] } }]);
    expect(serve(serverOf(configuration, host), '/static')).toBe('404');
    expect(toldOf(configuration)).toEqual([['backend/resource', 'Ingress shop/web', { path: '/static', host, resource: 'StorageBucket static' }]]);
  });

  it.each<[string, Parameters<typeof service>[1], Parameters<typeof service>[2], number | undefined]>([
    ['81', [{ port: 80 }], { type: 'ExternalName' }, 81],
    ['http', [{ port: 80 }], { type: 'ExternalName' }, 503],
    ['80', [{ port: 80, targetPort: 8080 }, { port: 8080, targetPort: 80 }], {}, 80],
    ['8080', [{ port: 80, targetPort: 8080 }, { port: 8080 }], {}, 80],
  ])('port %s of %j is looked for in order', (reference, ports, more, expected) => {
    expect(port(reference, { services: [service('web', ports, more)] })[0]).toBe(expected);
  });

  it.each([
    ['web:81', 'backend/no-such-port', { port: '81' }, [service('web', [{ port: 80 }])]],
    ['web:http', 'backend/port-name-unresolved', { port: 'http' }, []],
    ['web', 'backend/no-port', {}, []],
  ] as const)('%s is told once', (backend, code, args, given) => {
    const configuration = build([{ rules: { [host]: [path('P /', backend), path('P /b', backend)] } }], { services: given });
    expect(toldOf(configuration)).toEqual([[code, 'Ingress shop/web', { service: 'shop/web', ingress: 'shop/web', ...args }]]);
    const unusable = { kind: 'none', status: 503, reason: 'no usable port of Service shop/web', finding: { code } };
    expect(serverOf(configuration, host).locations.map((location) => location.backend)).toMatchObject([unusable, unusable]);
    expect(build([{ rules: { [host]: [path('P /', backend)] } }, { name: 'b', rules: { 'b.example.com': [path('P /', backend)] } }], { services: given }).findings).toHaveLength(2);
  });

  // createUpstreams of the controller: the first Ingress fixes the settings, spec.defaultBackend makes the upstream anew.
  it.each<[string, readonly Given[], readonly string[]]>([
    ['the oldest first', [{ ...plain, name: 'b', created: 2 }, { ...plain, name: 'a', created: 1 }], ['a', 'b']],
    ['the last with a default backend first', [{ ...plain, name: 'a', created: 1 }, { name: 'b', created: 2, defaultBackend: 'web:80' }], ['b', 'a']],
    ['each once', [{ ...plain, name: 'a', created: 1, rules: { [host]: [path('P /a'), path('P /foo')], 'b.example.com': [path('P /')] } }, { name: 'a2', created: 2, rules: plain.rules ?? {}, defaultBackend: 'web:80' }], ['a2', 'a']],
    ['no canary', [{ ...plain, name: 'a', created: 1 }, { ...plain, name: 'c', created: 2, annotations: { canary: 'true' } }], ['a']],
  ])('are of %s', (_, givens, expected) => {
    const backend = serverOf(build(givens), host).locations.find(({ path: text }) => text === '/foo')?.backend;
    expect(backend?.kind === 'service' ? [backend.upstream.key, backend.upstream.ingresses.map(({ ref }) => ref.name)] : undefined).toEqual(['shop-web-80', expected]);
  });

  it('have the port as written in their names', () => {
    const configuration = build([{ rules: { [host]: [path('P /a', 'web:http'), path('P /b', 'web:80')] } }], { services });
    expect(serverOf(configuration, host).locations.map((location) => location.backend).map((backend) => (backend.kind === 'service' ? backend.upstream.key : ''))).toEqual(['shop-web-80', 'shop-web-http', '']);
  });

  it('share one upstream per Service and port', () => {
    const configuration = build([{ rules: { [host]: [path('P /')], 'b.example.com': [path('P /')] } }]);
    const [a, b] = configuration.servers.map(({ locations }) => locations[0]?.backend);
    expect(a?.kind === 'service' && b?.kind === 'service' && a.upstream === b.upstream).toBe(true);
  });
});

describe('the Ingresses of a host', () => {
  it('are those with a rule for it, each once, in the controller\'s order', () => {
    const configuration = build([
      { name: 'young', created: 2, rules: { [host]: [path('P /b')] } },
      { name: 'old', created: 1, rules: { [host]: [path('P /a')], 'b.example.com': [] } },
      { name: 'canary', created: 3, rules: { [host]: [path('P /a')] }, annotations: { canary: 'true' } },
    ]);
    expect(configuration.servers.map((server) => [server.host, server.ingresses.map(({ ref }) => ref.name)])).toEqual([['b.example.com', ['old']], [host, ['old', 'young']]]);
  });
});

describe('aliases', () => {
  const alias = (value: string, name: string, created: number, at = host): Given => ({
    name,
    created,
    rules: { [at]: [path(`P /${name}`)] },
    annotations: { 'server-alias': value },
  });
  const names = (...givens: readonly Given[]) => serverOf(build(givens), host).aliases.map(({ name }) => name);

  it('are those of the first Ingress that has any', () => {
    expect(names(plain, alias('old.example.com, *.shop.example.net', 'b', 2), alias('other.example.com', 'c', 3))).toEqual(['*.shop.example.net', 'old.example.com']);
  });

  it('are lower case, but for expressions, and each once', () => {
    expect(names(alias('OLD.example.com, ~^RE$, old.example.com, *.B.test', 'a', 1))).toEqual(['*.b.test', 'old.example.com', '~^RE$']);
    expect(names(alias(' ', 'a', 1), alias('x.test', 'b', 2))).toEqual(['x.test']);
  });

  it('give way to hosts of rules and to the host itself', () => {
    expect(names(alias(`${host},b.example.com,~^re[0-9]+$`, 'a', 1), { name: 'b', rules: { 'b.example.com': [path('P /')] } })).toEqual(['~^re[0-9]+$']);
  });

  it('stay with the alphabetically first host', () => {
    expect(names(alias('x.example.com', 'a', 1), alias('x.example.com', 'b', 1, 'app.example.com'))).toEqual([]);
  });
});
