import { describe, expect, it } from 'vitest';
import { locationServing, serverNamed } from '../../../src/plan/serving.ts';
import { build, path, serverOf, type Given } from '../nginx/given.ts';

/** `host` or `host = alias, alias`. */
function host(text: string): Given {
  const [name = '', aliases] = text.split(' = ');
  return { name: `of-${name.replaceAll(/[^a-z]/gu, '')}`, annotations: aliases === undefined ? {} : { 'server-alias': aliases }, rules: { [name]: [path('P /')] } };
}

/** https://nginx.org/en/docs/http/server_names.html, with wildcards of one label as buildServerName of the controller writes them */
describe('the server of a name', () => {
  it.each<[string, readonly string[], string | undefined]>([
    ['a.w.test', ['*.w.test', 'a.w.test'], 'a.w.test'],
    ['b.w.test', ['a.w.test', '*.w.test'], '*.w.test'],
    ['a.b.w.test', ['*.w.test'], undefined],
    ['w.test', ['*.w.test'], undefined],
    ['test', ['*.test'], undefined],
    ['o.test', ['a.test', 'b.test = o.test'], 'b.test'],
    ['o.test', ['a.test = x.test, o.test'], 'a.test'],
    ['a.o.test', ['a.test', 'b.test = *.o.test'], 'b.test'],
    ['u.test', ['a.test = o.test'], undefined],
  ])('%s among %j: %s', (name, hosts, expected) => {
    expect(serverNamed(build(hosts.map(host)).servers, name)?.host).toBe(expected);
  });
});

/** ngx_http_core_find_location in https://github.com/nginx/nginx/blob/release-1.26.3/src/http/ngx_http_core_module.c */
describe('the location of a path', () => {
  const serving = (paths: readonly string[], at: string, annotations: Given['annotations'] = {}): string | undefined => {
    const server = serverOf(build([{ annotations, rules: { 'h.test': paths.map((text) => path(text)) } }]), 'h.test');
    const location = locationServing(server, at);
    return location === undefined ? undefined : `${location.automatic ? 'automatic ' : ''}${location.pathType} ${location.path}`;
  };

  it.each<[readonly string[], string, string | undefined]>([
    [['P /a', 'P /a/b', 'P /'], '/a/b/c', 'Prefix /a/b'],
    [['P /', 'P /a/b', 'P /a'], '/a/c', 'Prefix /a'],
    [['P /a'], '/a', 'Prefix /a'],
    [['P /a'], '/ab', 'automatic Prefix /'],
    [['P /a', 'E /a'], '/a', 'Exact /a'],
    [['E /a', 'P /a'], '/a/b', 'Prefix /a'],
    [['E /a'], '/a/b', 'automatic Prefix /'],
    [['P /a/', 'P /'], '/a', undefined],
    [['P /a/', 'P /'], '/ab', 'Prefix /'],
    [['P /a/'], '/a/b', 'Prefix /a/'],
  ])('%j at %s: %s', (paths, at, expected) => {
    expect(serving(paths, at)).toBe(expected);
  });

  it.each<[readonly string[], string, string | undefined]>([
    [['I /a[0-9]', 'I /a[0-9]/b'], '/A1/B', 'Prefix /a[0-9]/b'],
    [['I /a[0-9]', 'P /'], '/x/a1', 'Prefix /'],
    [['I /a[0-9]'], '/b', 'automatic Prefix /'],
    // Longer texts first: what stands behind the one that nobody can read does not count, what stands before it does.
    [['I /(?=a)b', 'I /a'], '/a', undefined],
    [['I /(?=a)b', 'I /abcdefghij'], '/abcdefghij', 'Prefix /abcdefghij'],
  ])('expressions %j at %s: %s', (paths, at, expected) => {
    expect(serving(paths, at, { 'use-regex': 'true' })).toBe(expected);
  });
});
