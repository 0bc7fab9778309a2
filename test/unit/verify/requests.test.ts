import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../src/nginx/settings-read.ts';
import { boundaries } from '../../../src/verify/requests/boundaries.ts';
import { generateRequests } from '../../../src/verify/requests/generate.ts';
import { mainHost, otherHosts } from '../../../src/verify/requests/hosts.ts';
import { outsidePattern } from '../../../src/verify/requests/pattern-outside.ts';
import { samplePattern } from '../../../src/verify/requests/pattern-samples.ts';
import { encodePath, neighbours, pathsOf, plainPaths } from '../../../src/verify/requests/paths.ts';
import { snippetPaths } from '../../../src/verify/requests/snippet-paths.ts';
import { variantsOf } from '../../../src/verify/requests/variants.ts';
import { build, path, serverOf, type Given, type Options } from '../nginx/given.ts';

const at = (host: string, given: Given = {}, options: Options = {}) => {
  const configuration = build([{ rules: { [host === '_' ? '' : host]: [path('P /foo')] }, ...given }], options);
  return { configuration, server: serverOf(configuration, host) };
};

describe('names that a server is asked by', () => {
  it.each([
    ['a.test', 'a.test', ['A.TEST', 'sub.a.test']],
    ['*.w.test', 'probe.w.test', ['one.two.w.test', 'w.test']],
    ['_', 'unknown.gwmigrate.invalid', ['']],
  ])('%s', (host, main, others) => {
    const { configuration, server } = at(host);
    expect([mainHost(server), otherHosts(server, configuration)]).toEqual([main, others]);
  });

  it.each<[string, string, Given['annotations'], readonly string[]]>([
    ['a name', 'a.test', { 'server-alias': 'b.test' }, ['b.test']],
    ['a wildcard', 'a.test', { 'server-alias': '*.b.test' }, ['probe.b.test', 'one.two.b.test']],
    ['an expression', 'a.test', { 'server-alias': '~^[abc]\\.test$' }, ['a.test', 'b.test']],
    ['what is no name', 'a.test', { 'server-alias': 'http://b.test/x' }, []],
    ['an expression of no name', 'a.test', { 'server-alias': '~^[^a-z]:$' }, []],
    ['the twin of a name', 'a.test', { 'from-to-www-redirect': 'true' }, ['www.a.test']],
    ['the twin of a name with www', 'www.a.test', { 'from-to-www-redirect': 'true' }, ['a.test']],
    ['no twin', 'a.test', { 'from-to-www-redirect': 'false' }, []],
  ])('hold %s', (_, host, annotations, expected) => {
    const { configuration, server } = at(host, { annotations: annotations ?? {} });
    expect(otherHosts(server, configuration)).toEqual([...expected, host.toUpperCase(), `sub.${host}`]);
  });
});

describe('paths that a server is asked for', () => {
  it.each([
    ['/foo', '/foo'],
    ['/a b', '/a%20b'],
    ['/é', '/%C3%A9'],
    ['/a%b?c#d', '/a%25b%3Fc%23d'],
    ["/!$&'()*+,-.0:;=@A[]_a~", "/!$&'()*+,-.0:;=@A[]_a~"],
    ['/\n', '/%0A'],
  ])('%j is written %s', (text, expected) => {
    expect(encodePath(text)).toBe(expected);
  });

  it.each([
    ['/foo', ['/foo/', '/foo/x', '/foox', '/FOO', '/foo?q=1', '//foo', '/foo/../foo', '/foo%2Fx', '/foo//x', '/foo/?q=/', '/foo/x/y.html?a=b&c=d', '/foo/%20;v=1+2', '/', '/fo']],
    ['/a/b/', ['/a/b/', '/a/b/x', '/a/b/x', '/A/B/', '/a/b/?q=1', '//a/b/', '/a/b/../b', '/a/b%2Fx', '/a%2Fb', '/a/b//x', '/a/b/?q=/', '/a/b/x/y.html?a=b&c=d', '/a/b/%20;v=1+2', '/a', '/a/b']],
    ['/', ['/', '/x', '/x', '/', '/?q=1', '//', '/../', '%2Fx', '//x', '/?q=/', '/x/y.html?a=b&c=d', '/%20;v=1+2']],
    ['/aB%C3', ['/aB%C3/', '/aB%C3/x', '/aB%C3x', '/Ab%C3', '/aB%C3?q=1', '//aB%C3', '/aB%C3/../aB%C3', '/aB%C3%2Fx', '/aB%C3//x', '/aB%C3/?q=/', '/aB%C3/x/y.html?a=b&c=d', '/aB%C3/%20;v=1+2', '/', '/aB']],
  ])('%s has the neighbours %j', (text, expected) => {
    expect(neighbours(text)).toEqual(expected);
  });

  it.each([
    ['P /foo', {}, ['/foo']],
    ['P /foo', { 'use-regex': 'true' }, ['/foo']],
    ['I /v[0-9]', { 'use-regex': 'true' }, ['/v0', '/v9']],
    ['I /v[0-9]', {}, ['/v[0-9]']],
    ['I /aé(c)?', { 'use-regex': 'true' }, ['/a%C3%A9', '/a%C3%A9c']],
  ])('%s with %j is asked for as %j', (text, annotations, expected) => {
    const { server } = at('a.test', { rules: { 'a.test': [path(text)] }, annotations });
    expect(server.locations.slice(0, 1).flatMap(plainPaths)).toEqual(expected);
  });

  const strangers = ['/', '/zz-unknown', '/index.html?page=2', '/%E2%82%AC', '/.well-known/acme-challenge/token'];

  it('are those of rules, of snippets and of nobody, then what stands just beside them', () => {
    const { server } = at('a.test', { rules: { 'a.test': [path('I /v[0-9]$')] }, annotations: { 'use-regex': 'true', 'server-snippet': 'location = /own { return 200; }' } });
    const all = [...pathsOf(server, defaultSettings)];
    const outside = outsidePattern('/v[0-9]$');
    const first = ['/own', '/v0', '/v9', '/', ...strangers, ...outside];
    expect(outside.length).toBeGreaterThan(0);
    expect(all.slice(0, first.length)).toEqual(first);
    expect(all).toEqual(expect.arrayContaining([...neighbours('/v0'), ...neighbours('/own'), '/own/../v0']));
  });

  it('have nothing just outside where they are no expressions', () => {
    const { server } = at('a.test', { rules: { 'a.test': [path('I /v[0-9]')] } });
    expect([...pathsOf(server, defaultSettings)].slice(0, 8)).toEqual(['/v[0-9]', '/', ...strangers, '/v[0-9]/']);
  });
});

describe('paths of a server-snippet', () => {
  it.each([
    ['location /a { }', ['/a']],
    ['location = /a { } location ^~ /b { }', ['/a', '/b']],
    ['location ~ /v[01] { } location ~* /W { }', ['/v0', '/v1', '/W']],
    ['location "/a b" { } location \'/c d\' { }', ['/a b', '/c d']],
    ['location /a{ } location /a { }', ['/a']],
    ['location @named { }', []],
    ['relocation /a { }', []],
    ['location  =  /a { }', ['/a']],
    ['rewrite ^ /a;', []],
  ])('%s: %j', (snippet, expected) => {
    const { server } = at('a.test', { annotations: { 'server-snippet': snippet } });
    expect(snippetPaths(server, defaultSettings)).toEqual(expected);
  });

  it('are those of the ConfigMap as well', () => {
    const { server } = at('a.test', { annotations: { 'server-snippet': 'location /a { }' } });
    const raw = new Map([['server-snippet', 'location = /b { return 404; }'], ['location-snippet', 'location /c { }']]);
    expect(snippetPaths(server, { ...defaultSettings, raw })).toEqual(['/a', '/b']);
  });

  it('are not those of other snippets', () => {
    const { server } = at('a.test', { annotations: { 'configuration-snippet': 'location /a { }' } });
    expect(snippetPaths(server, defaultSettings)).toEqual([]);
  });
});

describe('ways to ask a server', () => {
  const usual = ['POST', 'OPTIONS', 'HEAD'];
  const ways = (annotations: NonNullable<Given['annotations']>, options: Options = {}): readonly string[] => {
    const { configuration, server } = at('a.test', { annotations }, options);
    return variantsOf(server, configuration).map(({ method, headers }) => [method, ...[...headers].map(([name, value]) => `${name}: ${value}`)].join(' ')).filter((way) => !usual.includes(way));
  };
  const stranger = 'https://stranger.example.org';
  const origin = (value: string): readonly string[] => [`OPTIONS origin: ${value} access-control-request-method: PUT`, `GET origin: ${value}`];

  it('are few without annotations', () => {
    const { configuration, server } = at('a.test');
    expect(variantsOf(server, configuration).map(({ method, headers }) => [method, headers.size])).toEqual(usual.map((method) => [method, 0]));
  });

  it.each<[NonNullable<Given['annotations']>, readonly string[]]>([
    [{ 'enable-cors': 'true' }, origin(stranger)],
    [{ 'enable-cors': 'true', 'cors-allow-origin': '*' }, origin(stranger)],
    [{ 'enable-cors': 'true', 'cors-allow-origin': 'https://x.test' }, [...origin('https://x.test'), ...origin(stranger)]],
    [{ 'enable-cors': 'true', 'cors-allow-origin': 'https://*.x.test, https://y.test, https://z.test' }, ['https://app.x.test', 'https://one.two.x.test', 'https://y.test', stranger].flatMap(origin)],
    [{ 'enable-cors': 'true', 'cors-allow-origin': 'https://é.test,https://a b' }, origin(stranger)],
    [{ 'cors-allow-origin': 'https://x.test' }, []],
    [{ 'auth-type': 'basic', 'auth-secret': 'x' }, ['GET authorization: Basic Z3dtaWdyYXRlOnByb2Jl']],
    [{ 'auth-url': 'http://auth.shop.svc/' }, ['GET authorization: Basic Z3dtaWdyYXRlOnByb2Jl']],
    [{ 'auth-secret': 'x' }, []],
    [{ 'canary-by-header': ' X-Can ' }, ['GET x-can: always', 'GET x-can: never', 'GET x-can: other']],
    [{ 'canary-by-header': 'X-Can', 'canary-by-header-value': 'yes' }, ['GET x-can: yes', 'GET x-can: YES', 'GET x-can: always', 'GET x-can: never', 'GET x-can: other']],
    [{ 'canary-by-header': 'X-Can', 'canary-by-header-pattern': '[abc]' }, ['GET x-can: a', 'GET x-can: b', 'GET x-can: always', 'GET x-can: never', 'GET x-can: other']],
    [{ 'canary-by-header': 'X-Can', 'canary-by-header-value': 'é' }, ['GET x-can: always', 'GET x-can: never', 'GET x-can: other']],
    [{ 'canary-by-header': 'X Can', 'canary-by-cookie': 'a b' }, []],
    [{ 'canary-by-cookie': ' Cc_1 ' }, ['GET cookie: Cc_1=always', 'GET cookie: Cc_1=never', 'GET cookie: Cc_1=other']],
  ])('%j', (annotations, expected) => {
    expect(ways(annotations)).toEqual(expected);
  });

  it('are those of the canary too', () => {
    const canary: Given = { name: 'can', created: 9, rules: { 'a.test': [path('P /foo', 'can:80')] }, annotations: { canary: 'true', 'canary-by-header': 'x-can' } };
    const configuration = build([{ created: 1, rules: { 'a.test': [path('P /foo')] } }, canary]);
    expect(variantsOf(serverOf(configuration, 'a.test'), configuration).some(({ headers }) => headers.has('x-can'))).toBe(true);
  });

  it('are those of a refused client', () => {
    const settings = { blockUserAgents: ['"Bad Bot"', '~*spam[12]', 'third'], blockReferers: ['~bad\\.test', 'é'] };
    expect(ways({}, { settings })).toEqual(['GET user-agent: Bad Bot', 'GET user-agent: spam1', 'GET referer: bad.test']);
  });
});

describe('the boundary of paths', () => {
  it.each<[readonly string[], readonly string[]]>([
    [[], []],
    [['/a'], []],
    [['/', '/a'], ['/a/../', '/a%2F../', '//a', '/./a', '/x/../a']],
    [['/a', '/a/'], []],
    [['/a', '/a/b'], ['/a/../a/b', '/a%2F../a/b', '/a/b/../../a', '/a/b%2F../../a', '/a//b', '/a/./b', '/a%2Fb', '/a/x/../b', '/ab']],
    [['/a', '/b'], ['/a/../b', '/a%2F../b', '/b/../a', '/b%2F../a']],
    [['/a', '/a/b/c'], ['/a/../a/b/c', '/a%2F../a/b/c', '/a/b/c/../../../a', '/a/b/c%2F../../../a', '/a//b/c', '/a/./b/c', '/a%2Fb/c', '/a/x/../b/c', '/ab/c']],
  ])('%j is asked for by %j', (paths, expected) => {
    expect([...boundaries(paths)]).toEqual(expected);
  });
});

describe('samples of a pattern, always the same', () => {
  it.each<[string, readonly string[]]>([
    ['/foo', ['/foo']],
    ['/a|/b', ['/a', '/b']],
    ['/[a-c]', ['/a', '/c']],
    ['/[^ab]', ['/x', '/1', '/-', '//']],
    ['/x*', ['/', '/x', '/xx']],
    ['/x+', ['/x', '/xx']],
    ['/x?y', ['/y', '/xy']],
    ['/x+?', ['/x', '/xx']],
    ['/x{3}', ['/xxx']],
    ['/x{2,}', ['/xx', '/xxx']],
    ['/x{2,3}', ['/xx']],
    ['/x{99}', [`/${'x'.repeat(20)}`]],
    ['/.', ['/x', '/a/b', '/.']],
    ['/\\d\\w', ['/1a', '/0Z', '/1_']],
    ['/\\.\\/', ['/./']],
    ['/a$', ['/a']],
    ['^/a', ['/a']],
    ['/(a|b)c', ['/ac', '/bc']],
    ['/(?:a|b)', ['/a', '/b']],
    ['/(?<n>a)', ['/a']],
    ['/(?P<n>a)', ['/a']],
    ['/(?i)a', ['/a']],
    ['/(?i:a)', ['/a']],
    ['/(?>a)', ['/a']],
    ['/a(?=b)', ['/a']],
    ['/a(?!b)c', ['/ac']],
    ['/(?<=x)a', ['/a']],
    ['/(?<!x)a', ['/a']],
    ['/[[:alpha:]]', ['/a', '/z']],
    ['/[[:upper:]]', ['/A', '/Z']],
    ['/[[:digit:]]', ['/0', '/9']],
    ['/[\\w]', ['/a', '/z']],
    ['/[\\d]', ['/0', '/9']],
    ['/[[:space:]]', ['/ ']],
    ['/[[:punct:]]', ['/-']],
    ['/[]x]', ['/]', '/x']],
    ['/[-x]', ['/-', '/x']],
    ['/[^x\\s]', ['/1', '/-', '//']],
    ['/a\\b\\s', ['/a ']],
    ['/(a|b|c|d|e|f|g|h)', ['/a', '/b', '/c', '/d', '/e', '/f']],
    ['/(a|b)(x|y|z)', ['/ax', '/by', '/az']],
  ])('%s: %j', (pattern, expected) => {
    expect(samplePattern(pattern)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['/api', ['/ap']],
    ['/v[0-9]$', ['/v', '/vq']],
    ['/a1', ['/a']],
  ])('just outside of %s stand %j', (pattern, expected) => {
    expect(outsidePattern(pattern)).toEqual(expected);
  });
});

describe('requests', () => {
  const asked = (givens: readonly Given[], limit = 10_000) => generateRequests(build(givens), limit);

  it('come from an address that no list holds by chance', () => {
    expect(new Set(asked([{ rules: { 'a.test': [path('P /foo')] } }]).map(({ address }) => address))).toEqual(new Set(['203.0.113.7']));
  });

  it('ask strangers and servers in turn, the telling ones first', () => {
    const first = asked([{ rules: { 'a.test': [path('P /foo')], 'b.test': [path('P /')] }, tls: [{ hosts: ['b.test'], secret: 'x' }] }], 9).map(({ method, scheme, host, target }) => `${method} ${scheme}://${host}${target}`);
    expect(first).toEqual([
      'GET http://unknown.gwmigrate.invalid/', 'GET https://a.test/foo', 'GET https://b.test/',
      'GET http://unknown.gwmigrate.invalid/zz-unknown', 'GET https://a.test/', 'GET http://b.test/',
      'GET https://unknown.gwmigrate.invalid/', 'GET http://a.test/foo', 'POST https://b.test/',
    ]);
  });

  it('are none beyond the limit', () => {
    expect([0, 1, 7].map((limit) => asked([{ rules: { 'a.test': [path('P /foo')] } }], limit).length)).toEqual([0, 1, 7]);
  });
});
