import { describe, expect, it } from 'vitest';
import { authTarget } from '../../../src/verify/nginx/auth-target.ts';
import { build, path, type Given } from '../nginx/given.ts';
import { request } from './gateway-objects.ts';

const gate: Given = { name: 'gate', namespace: 'auth', rules: { 'sso.test': [path('P /', 'gate:9000'), path('P /sub/', 'sub:1')], 'h.test': [path('P /gate', 'gate:9000')] } };
const www: Given = { name: 'www', annotations: { 'from-to-www-redirect': 'true' }, rules: { 'n.test': [path('P /', 'n:80')] } };
const everything: Given = { name: 'everything', namespace: 'auth', rules: { '': [path('P /any', 'any:80')] } };
const target = (url: string, asked = 'https://h.test/', givens: readonly Given[] = [gate, www, everything]): string => authTarget(url, request(asked), build(givens));

/** nginx-auth-request's location of nginx.tmpl hands the URL to proxy_pass: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass */
describe('who answers a URL of the controller itself', () => {
  it.each([
    ['http://sso.test/check', 'http://gate.auth:9000/check'],
    ['http://sso.test:80/check', 'http://gate.auth:9000/check'],
    ['https://sso.test:443/check', 'http://gate.auth:9000/check'],
    ['HTTPS://SSO.TEST/Check', 'http://gate.auth:9000/Check'],
    ['http://sso.test', 'http://gate.auth:9000/'],
    ['http://sso.test?a=b', 'http://gate.auth:9000/?a=b'],
    ['http://sso.test/a/../check?a=/#', 'http://sso.test/a/../check?a=/#'],
    ['http://sso.test/a/../check?a=/', 'http://gate.auth:9000/a/../check?a=/'],
    ['http://sso.test/sub/a', 'http://sub.auth:1/sub/a'],
    ['https://$host/gate', 'http://gate.auth:9000/gate'],
    ['https://$host:443/gate', 'http://gate.auth:9000/gate'],
    ['HTTP://$http_host/gate?a', 'http://gate.auth:9000/gate?a'],
  ])('%s: %s', (url, expected) => {
    expect(target(url)).toBe(expected);
  });

  it.each([
    ['another port', 'http://sso.test:443/check'],
    ['another port', 'https://sso.test:80/check'],
    ['a port with more digits', 'http://sso.test:8080/check'],
    ['a variable behind the host', 'http://sso.test/$request_uri'],
    ['a variable that begins like the host', 'https://$hostname/gate'],
    ['the host behind something else', 'https://a.$host/gate'],
    ['an address within an address', 'ftp://x/http://sso.test/check'],
    ['a path that is none', 'http://sso.test/%zz'],
    ['the redirect to the path with a slash', 'http://sso.test/sub'],
    ['the redirect to the name without www', 'http://www.n.test/'],
    ['a name that nobody here has', 'http://elsewhere.test/any'],
    ['a path without a Service', 'http://h.test/other'],
  ])('nobody here: %s, %s', (_, url) => {
    expect(target(url)).toBe(url);
  });

  it('of a host that nobody names is the path for all of them, where the host is that of the request', () => {
    expect(target('https://$host/any', 'https://u.test/')).toBe('http://any.auth:80/any');
    expect(target('https://$host/other', 'https://u.test/')).toBe('https://$host/other');
    expect(target('https://u.test/any', 'https://u.test/')).toBe('https://u.test/any');
    expect(target('https://$host/any', 'https://u.test/', [gate])).toBe('https://$host/any');
  });
});
