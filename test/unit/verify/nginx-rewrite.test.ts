import { describe, expect, it } from 'vitest';
import { addressCaptures, redirectAddress } from '../../../src/verify/nginx/address.ts';
import type { Given } from '../nginx/given.ts';
import { ask, brief, forwarded, shop } from './ask.ts';

/** buildProxyPass in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go */
describe('a rewrite', () => {
  it.each<[string, Given, string, string]>([
    ['to the path itself is none where the path is asked for', shop({ 'rewrite-target': '/foo' }), '/foo', 'web:80 /foo'],
    ['to the path itself leaves the request as it was sent', shop({ 'rewrite-target': '/foo' }), '/foo?', 'web:80 /foo?'],
    ['to the path itself takes away what is below it', shop({ 'rewrite-target': '/foo' }), '/FOO/x?q', 'web:80 /foo?q'],
    ['to the path itself is none of an Exact', shop({ 'rewrite-target': '/foo' }, 'E /foo'), '/foo/x', 'web:80 /foo/x'],
    ['to / of the path / is none', shop({ 'rewrite-target': '/' }, 'P /'), '/a', 'web:80 /a'],
    ['is none where a default backend alone asks for it', { annotations: { 'rewrite-target': '/x' }, defaultBackend: 'def:80' }, '/a', 'def:80 /a'],
    ['to an address is a redirect', shop({ 'rewrite-target': 'http://n.test/$1' }, 'I /(.*)'), '/a', '302 http://n.test/a'],
    ['to an address of the scheme is a redirect', shop({ 'rewrite-target': '$scheme://n.test' }), '/foo?a', '302 http://n.test?a'],
    ['to a path that holds an address is none', shop({ 'rewrite-target': '/to/https://n.test' }), '/foo', 'web:80 /to/https://n.test'],
    ['to another scheme is no path, and refused', shop({ 'rewrite-target': 'ftp://n.test' }), '/foo', '400'],
    ['has nothing of an empty query', shop({ 'rewrite-target': '/x' }), '/foo?', 'web:80 /x'],
    ['knows the variables of the request', shop({ 'rewrite-target': '/$host/$request_method' }), '/foo', 'web:80 /h.test/GET'],
  ])('%s', (_, given, target, expected) => {
    expect(brief(ask([given], `http://h.test${target}`))).toBe(expected);
  });

  it('tells the backend a prefix only where one is given', () => {
    const headers = (annotations: Given['annotations']): readonly (readonly [string, string])[] => [...forwarded(ask([shop({ 'rewrite-target': '/x', ...annotations })], 'http://h.test/foo')).requestHeaders];
    expect([headers({}), headers({ 'x-forwarded-prefix': '/p' }), headers({ 'x-forwarded-prefix': '' })]).toEqual([[], [['x-forwarded-prefix', '/p']], []]);
  });
});

/** ngx_http_script_copy_capture_code and ngx_unescape_uri of nginx 1.26.3, the sources that address.ts names */
describe('an address that nginx redirects to', () => {
  it.each<[string, string, string]>([
    ['/a', 'a b;c', 'a b;c'],
    ['/a?b=%20', 'a b;c', 'a b;c'],
    ['/a%20', 'a b;c', 'a%20b%3Bc'],
    ['/a+', 'a+b\n', 'a%2Bb%0A'],
    ['/%', '\u00e9~', '%E9~'],
  ])('has captures of %s: %j as %s', (sent, capture, expected) => {
    expect(addressCaptures([capture, undefined], sent)).toEqual([expected, undefined]);
  });

  it.each([
    ['https://n.test/a', 'https://n.test/a'],
    ['/%41%7e', '/A~'],
    ['/%26%25', '/&%25'],
    ['/%7f%20', '/%7f%20'],
    ['/a?%41', '/a?%41'],
    ['/a%3Fb%41', '/a?b%41'],
    ['/%zz', '/zz'],
    ['/%4z', '/'],
    ['/%4', '/'],
    ['/%', '/'],
    ['/g%4gb', '/gb'],
  ])('%s is written %s', (text, expected) => {
    expect(redirectAddress(text)).toBe(expected);
  });
});
