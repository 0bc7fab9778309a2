import { describe, expect, it } from 'vitest';
import { build, codesOf, path, serverOf, service, type Given } from './given.ts';
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

  it('may be the controller\'s own', () => {
    const settings = { defaultBackendService: { namespace: 'shop', name: 'errors' } };
    const found = build([plain], { settings, services: [service('errors', [{ port: 8080 }])] });
    expect([serve(serverOf(found, host), '/x'), serve(serverOf(found, '_'), '/')]).toEqual(['errors', 'errors']);
    expect(codesOf(build([plain], { settings }))).toEqual(['backend/default-service-unknown']);
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
    expect(configuration.findings.map(({ code }) => code)).toEqual(['backend/external-name']);
    expect(serve(serverOf(configuration, host), '/')).toBe('web');
  });

  it('that are resources have no location', () => {
    const configuration = build([{ rules: { [host]: [path('P /static', 'resource')] } }]);
    expect([serve(serverOf(configuration, host), '/static'), codesOf(configuration)]).toEqual(['404', ['backend/resource']]);
  });

  it('share one upstream per Service and port', () => {
    const configuration = build([{ rules: { [host]: [path('P /')], 'b.example.com': [path('P /')] } }]);
    const [a, b] = configuration.servers.map(({ locations }) => locations[0]?.backend);
    expect(a?.kind === 'service' && b?.kind === 'service' && a.upstream === b.upstream).toBe(true);
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

  it('give way to hosts of rules and to the host itself', () => {
    expect(names(alias(`${host},b.example.com,~^re[0-9]+$`, 'a', 1), { name: 'b', rules: { 'b.example.com': [path('P /')] } })).toEqual(['~^re[0-9]+$']);
  });

  it('stay with the alphabetically first host', () => {
    expect(names(alias('x.example.com', 'a', 1), alias('x.example.com', 'b', 1, 'app.example.com'))).toEqual([]);
  });
});
