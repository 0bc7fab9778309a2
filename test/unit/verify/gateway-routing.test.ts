import { describe, expect, it } from 'vitest';
import { ask, exact, gateway, http, https, inShort, object, prefix, regex, route, rule, to } from './gateway-objects.ts';

describe('paths, as measured on Envoy and Traefik', () => {
  const at = ask([
    gateway(),
    route('r', ['a.test'], [rule(prefix('/foo'), 'foo'), rule(prefix('/bar/'), 'bar'), rule(exact('/exact'), 'exact'), rule(exact('/baz/'), 'baz'), rule(regex('/re[0-9]+'), 're'), rule(regex('(?i)/ci/x'), 'ci'), rule(regex('/(?!x)y.*'), 'never')]),
  ]);
  it.each([
    ['/foo', 'foo /foo'],
    ['/foo/', 'foo /foo/'],
    ['/foo/bar?x=1', 'foo /foo/bar?x=1'],
    ['/%66oo', 'foo /foo'],
    ['//foo', 'foo /foo'],
    ['/../foo', 'foo /foo'],
    ['/x/../foo', 'foo /foo'],
    ['/./foo', 'foo /foo'],
    ['/foobar', '404'],
    ['/FOO', '404'],
    ['/bar', 'bar /bar'],
    ['/exact?x=1', 'exact /exact?x=1'],
    ['/exact/', '404'],
    ['/baz', '404'],
    ['/re12', 're /re12'],
    ['/re12/x', '404'],
    ['/xre12', '404'],
    ['/CI/X', 'ci /CI/X'],
    ['/y', '404'],
    ['/%00', '400'],
    ['', '400'],
  ])('%s: %s', (path, expected) => {
    expect(inShort(at(`http://a.test${path}`))).toBe(expected);
  });
});

describe('paths that a client should not send', () => {
  const at = (implementation: string): ((path: string) => string) => {
    const asked = ask([gateway(), route('r', ['a.test'], [rule(prefix('/'), 'web')])], implementation);
    return (path) => inShort(asked(`http://a.test${path}`));
  };
  it.each([
    ['/x#y', 'web /x', '400'],
    ['/x%4', 'web /x%4', '400'],
    ['/x/.hidden/', 'web /x/.hidden/', 'web /x/.hidden/'],
    ['/x/..', 'web /', 'web /'],
    ['/x/.', 'web /x/', 'web /x'],
    ['//', 'web //', 'web /'],
    ['/x?', 'web /x?', 'web /x?'],
  ])('%s: %s, %s', (path, envoy, traefik) => {
    expect([at('envoy-gateway')(path), at('traefik')(path)]).toEqual([envoy, traefik]);
  });
});

describe('precedence', () => {
  it.each([
    ['/p/abc', [rule(prefix('/p'), 'short'), rule(regex('/p/a.*'), 'regex'), rule(exact('/p/abc'), 'exact')], 'exact'],
    ['/p/abc/x', [rule(prefix('/p/abc'), 'prefix'), rule(regex('/p/a.*'), 'regex')], 'regex'],
    ['/p/abc', [rule(prefix('/p'), 'short'), rule(prefix('/p/abc'), 'long')], 'long'],
    ['/two/abc', [rule(regex('/two/.*'), 'short'), rule(regex('/two/[a-z]+.*'), 'long')], 'long'],
    ['/same', [rule(prefix('/same'), 'first'), rule(prefix('/same'), 'second')], 'first'],
    ['/h', [rule(prefix('/h'), 'plain'), rule({ ...prefix('/h'), headers: [{ name: 'X-A', value: '1' }] }, 'header')], 'header'],
    ['/h', [rule({ ...prefix('/h'), method: 'GET' }, 'method'), rule({ ...prefix('/h'), headers: [{ name: 'X-A', value: '1' }, { name: 'X-B', type: 'RegularExpression', value: '^t.*$' }] }, 'headers')], 'headers'],
    ['/h?q=1', [rule(prefix('/h'), 'plain'), rule({ ...prefix('/h'), queryParams: [{ name: 'q', value: '1' }] }, 'query')], 'query'],
  ])('%s goes to the right one of %j', (path, rules, expected) => {
    const at = ask([gateway(), route('r', ['a.test'], rules)]);
    expect(inShort(at(`http://a.test${path}`, { headers: { 'x-a': '1', 'x-b': 'two' } }))).toBe(`${expected} ${path}`);
  });

  it('puts a method before headers where the API is followed to the letter', () => {
    const rules = [rule({ ...prefix('/h'), headers: [{ name: 'x-a', value: '1' }, { name: 'x-b', value: '2' }] }, 'headers'), rule({ ...prefix('/h'), method: 'GET' }, 'method')];
    expect(inShort(ask([gateway(), route('r', ['a.test'], rules)], 'standard')('http://a.test/h', { headers: { 'x-a': '1', 'x-b': '2' } }))).toBe('method /h');
  });

  it('merges routes of one host and breaks ties by name', () => {
    const at = ask([gateway(), route('z', ['a.test'], [rule(prefix('/'), 'z')]), route('b', ['a.test'], [rule(prefix('/'), 'b'), rule(exact('/x'), 'exact')])]);
    expect(inShort(at('http://a.test/'))).toBe('b /');
    expect(inShort(at('http://a.test/x'))).toBe('exact /x');
  });
});

describe('hosts and listeners', () => {
  const routes = [
    route('exact', ['exact.wild.test'], [rule(prefix('/only'), 'exact')]),
    route('wild', ['*.wild.test'], [rule(prefix('/'), 'wild')]),
    route('deep', ['*.deep.wild.test'], [rule(prefix('/'), 'deep')]),
    route('all', [], [rule(prefix('/catchall'), 'all')]),
  ];
  it.each([
    ['http://a.wild.test/', 'wild /'],
    ['http://A.WILD.TEST/', 'wild /'],
    ['http://a.b.wild.test/', 'wild /'],
    ['http://x.deep.wild.test/', 'deep /'],
    ['http://wild.test/', '404'],
    ['http://exact.wild.test/only', 'exact /only'],
    ['http://exact.wild.test/other', '404'],
    ['http://other.test/catchall', 'all /catchall'],
    ['http://a.wild.test/catchall', 'wild /catchall'],
    ['http:///', '400'],
    ['https://a.wild.test/', '0'],
  ])('%s: %s', (url, expected) => {
    expect(inShort(ask([gateway(), ...routes])(url))).toBe(expected);
  });

  it('takes TLS only for names that a listener covers, and by the narrowest one', () => {
    const onAny = route('any', ['*.tls.test'], [rule(prefix('/'), 'any')], { parentRefs: [{ name: 'edge', sectionName: 'https-*.tls.test' }] });
    const onOne = route('one', ['a.tls.test'], [rule(exact('/one'), 'one')], { parentRefs: [{ name: 'edge', sectionName: 'https-a.tls.test' }] });
    const at = ask([gateway(https('*.tls.test'), https('a.tls.test')), onAny, onOne]);
    expect(inShort(at('https://b.tls.test/x'))).toBe('any /x');
    expect(inShort(at('https://a.tls.test/one'))).toBe('one /one');
    expect(inShort(at('https://a.tls.test/x'))).toBe('404');
    expect(inShort(at('https://other.test/'))).toBe('0');
    expect(inShort(at('http://b.tls.test/'))).toBe('0');
  });

  it('admits the namespaces that a listener names', () => {
    const listener = { ...http, allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'team' } } } } };
    const at = (namespace: string): string => inShort(ask([gateway(listener), route('r', ['a.test'], [rule(prefix('/'), 'web')], {}, namespace)])('http://a.test/'));
    expect(at('team')).toBe('team/web /');
    expect(at('shop')).toBe('404');
    const ofOther = ask([gateway(), route('r', ['a.test'], [rule(prefix('/'), 'web')], {}, 'team')]);
    expect(inShort(ofOther('http://a.test/')), 'Same is the default').toBe('404');
  });

  it('takes a Gateway that is not there as one that exists', () => {
    const at = ask([route('r', ['a.test'], [rule(prefix('/'), 'web')], { parentRefs: [{ name: 'edge', sectionName: 'http' }] })]);
    expect(inShort(at('http://a.test/'))).toBe('web /');
    expect(inShort(at('https://a.test/'))).toBe('0');
  });

  it('hands TLS on unopened', () => {
    const listener = { name: 'tls', port: 443, protocol: 'TLS', hostname: 'v.test', tls: { mode: 'Passthrough' } };
    const at = ask([gateway(listener), object('TLSRoute', 't', { parentRefs: [{ name: 'edge', sectionName: 'tls' }], hostnames: ['v.test'], rules: [{ backendRefs: [to('vault')] }] })]);
    expect(inShort(at('https://v.test//x/../y'))).toBe('vault //x/../y');
  });

  it.each(['envoy-gateway', 'traefik'])('takes no other TLS where all of it is handed on: %s', (implementation) => {
    const listener = { name: 'tls', port: 443, protocol: 'TLS', hostname: 'v.test', tls: { mode: 'Passthrough' } };
    const passed = object('TLSRoute', 't', { parentRefs: [{ name: 'edge', sectionName: 'tls' }], hostnames: ['v.test'], rules: [{ backendRefs: [to('vault')] }] });
    const at = ask([gateway(listener, http), passed, route('r', ['w.test'], [rule(prefix('/'), 'web')])], implementation);
    expect(['https://v.test/', 'https://w.test/', 'https://sub.v.test/', 'https:///', 'http://w.test/'].map((url) => inShort(at(url)))).toEqual(['vault /', '0', '0', '0', 'web /']);
  });
});

describe('backends', () => {
  const answer = (more: object, ...others: Parameters<typeof ask>[0]): string => inShort(ask([gateway(), route('r', ['a.test'], [{ matches: [prefix('/')], ...more }]), ...others])('http://a.test/'));
  it('shares by weight and closes what has none', () => {
    expect(answer({ backendRefs: [to('a', { weight: 8 }), to('b', { weight: 2 }), to('c', { weight: 0 })] })).toBe('a 0.8+b 0.2 /');
    expect(answer({})).toBe('500');
    expect(answer({ backendRefs: [to('a', { weight: 0 })] })).toBe('500');
    expect(answer({ backendRefs: [to('a')], filters: [{ type: 'Unheard' }] })).toBe('500');
    expect(answer({ backendRefs: [to('a')], filters: [{ type: 'ExtensionRef', extensionRef: { group: 'x', kind: 'HTTPRouteFilter', name: 'missing' } }] })).toBe('500');
  });

  it('leaves the namespace only with a grant', () => {
    const away = { backendRefs: [to('db', { namespace: 'data' })] };
    const grant = (name: string | undefined): Parameters<typeof ask>[0][number] =>
      object('ReferenceGrant', 'g', { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }], to: [{ group: '', kind: 'Service', ...(name === undefined ? {} : { name }) }] }, 'data');
    expect(answer(away)).toBe('500');
    expect(answer(away, grant('db'))).toBe('data/db /');
    expect(answer(away, grant(undefined))).toBe('data/db /');
    expect(answer(away, grant('other'))).toBe('500');
    expect(answer({ backendRefs: [to('web'), to('db', { namespace: 'data' })] })).toBe('web 0.5+/- 0.5 /');
  });

  it('looks through a Backend of Envoy Gateway', () => {
    const backend = object('Backend', 'b', { endpoints: [{ fqdn: { hostname: 'web.team.svc.cluster.local', port: 8443 } }] });
    expect(answer({ backendRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'b' }] }, backend)).toBe('team/web /');
  });
});
