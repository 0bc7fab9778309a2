import { describe, expect, it } from 'vitest';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import type { Guard } from '../../../src/verify/outcome.ts';
import { ask, brief, forwarded, shop } from './ask.ts';

type Texts = Readonly<Record<string, string>>;
const on: Partial<ControllerSettings> = { allowSnippets: true, annotationsRiskLevel: 'Critical' };

/** Where a text may stand: in an Ingress, or in the ConfigMap. */
type Place = 'server-snippet' | 'configuration-snippet' | 'controller http-snippet' | 'controller server-snippet' | 'controller location-snippet';
interface Around {
  readonly annotations?: Texts;
  readonly settings?: Partial<ControllerSettings>;
  readonly paths?: readonly string[];
  readonly url?: string;
}

function asked(texts: Readonly<Partial<Record<Place, string>>>, { annotations = {}, settings = {}, paths = ['P /foo'], url = 'http://h.test/foo' }: Around = {}): ReturnType<typeof ask> {
  const of = (common: boolean): Texts => Object.fromEntries(Object.entries(texts).filter(([place]) => place.startsWith('controller ') === common).map(([place, text]) => [place.replace('controller ', ''), text]));
  return ask([shop({ ...annotations, ...of(false) }, ...paths)], url, {}, { settings: { ...on, raw: new Map(Object.entries(of(true))), ...settings } });
}
const guards = (...given: Parameters<typeof asked>): readonly Guard[] => forwarded(asked(...given)).guards;
const unknown = (detail: string): Guard => ({ kind: 'unknown', detail });

/** Every location of nginx.tmpl has proxy_set_header directives, and those of the block around it are inherited only where there are none: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header */
describe('headers of requests that a server block sets', () => {
  it.each<Place>(['server-snippet', 'controller server-snippet', 'controller http-snippet'])('are void in the %s, whatever they hold', (place) => {
    for (const text of ['proxy_set_header X-A $geoip;', 'grpc_set_header X-A $geoip;', 'proxy_set_header X-A 1;']) {
      const { requestHeaders, guards: conditions } = forwarded(asked({ [place]: text }));
      expect([[...requestHeaders], conditions]).toEqual([[], []]);
    }
  });
});

/** https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_hide_header and ngx_http_grpc_module.html#grpc_hide_header, which a location without one of its own inherits */
describe('headers of answers that are hidden', () => {
  it.each<[Place, string, string, readonly string[]]>([
    ...(['server-snippet', 'configuration-snippet', 'controller http-snippet', 'controller server-snippet', 'controller location-snippet'] as const).flatMap((place): readonly [Place, string, string, readonly string[]][] => [
      [place, 'HTTP', 'proxy_hide_header X-A; grpc_hide_header X-B;', ['x-a']],
      [place, 'GRPC', 'proxy_hide_header X-A; grpc_hide_header X-B;', ['x-b']],
    ]),
    ['server-snippet', 'grpcs', 'grpc_hide_header X-B;', ['x-b']],
  ])('%s with %s: %s', (place, protocol, text, expected) => {
    expect([...forwarded(asked({ [place]: text }, { annotations: { 'backend-protocol': protocol } })).responseHeaders.keys()]).toEqual(expected);
  });
});

describe('a text that is not read', () => {
  it.each<[Place, string]>([
    ['server-snippet', 'server-snippet of shop/web'],
    ['configuration-snippet', 'configuration-snippet of shop/web'],
    ['controller http-snippet', 'http-snippet of the controller'],
    ['controller server-snippet', 'server-snippet of the controller'],
    ['controller location-snippet', 'location-snippet of the controller'],
  ])('is a condition nobody can judge: %s', (place, detail) => {
    for (const text of ['not closed', 'constructor x;', 'rewrite_by_lua_block { x; }']) expect(guards({ [place]: text })).toEqual([unknown(detail)]);
    for (const text of ['', ' \n', '# nothing']) expect(guards({ [place]: text })).toEqual([]);
  });

  it.each<[Place, string]>([
    ['server-snippet', 'server-snippet of shop/web'],
    ['controller server-snippet', 'server-snippet of the controller'],
  ])('in a location of a %s is one for its paths', (place, detail) => {
    const text = 'location = /foo { proxy_pass http://x; } more_set_headers "X-A: 1";';
    const at = (url: string): unknown => [guards({ [place]: text }, { url }), [...forwarded(asked({ [place]: text }, { url })).responseHeaders]];
    expect([at('http://h.test/foo'), at('http://h.test/foo/x')]).toEqual([[[unknown(detail)], [['x-a', '1']]], [[], [['x-a', '1']]]]);
  });

  it('in a location within a location is one unless that is the whole host, by its prefix', () => {
    const text = 'location = /x { return 418; }';
    const at = (...paths: readonly string[]): Around => ({ paths, url: 'http://h.test/x' });
    const detail = unknown('configuration-snippet of shop/web');
    expect(brief(asked({ 'configuration-snippet': text }, at('P /')))).toBe('418');
    expect(guards({ 'configuration-snippet': text }, at('P /', 'P /foo'))).toEqual([detail]);
    expect(guards({ 'configuration-snippet': text }, { ...at('P /'), annotations: { 'use-regex': 'true' } })).toEqual([detail]);
  });
});

/** https://nginx.org/en/docs/http/ngx_http_access_module.html */
describe('addresses', () => {
  const denied = [{ kind: 'address-list', detail: 'deny 10.0.0.1/32' }];

  it.each<Place>(['server-snippet', 'configuration-snippet', 'controller server-snippet', 'controller location-snippet'])('count in the %s', (place) => {
    expect(guards({ [place]: 'deny 10.0.0.1;' })).toEqual(denied);
  });

  it('count in the ConfigMap alone where Ingresses may have no snippets', () => {
    const off = { settings: { allowSnippets: false } };
    expect(guards({ 'server-snippet': 'deny 10.0.0.1;', 'configuration-snippet': 'deny 10.0.0.2;' }, off)).toEqual([]);
    expect(forwarded(ask([shop({ 'configuration-snippet': 'deny 10.0.0.2;' })], 'http://h.test/foo', {}, { settings: { allowSnippets: false, raw: new Map([['location-snippet', 'deny 10.0.0.1;']]) } })).guards).toEqual(denied);
  });

  it('of the location stand in the order of both texts, and replace those of the server', () => {
    expect(guards({ 'configuration-snippet': 'deny 10.0.0.1;', 'controller location-snippet': 'deny 10.0.0.2;', 'server-snippet': 'deny 10.0.0.3;' })).toEqual([{ kind: 'address-list', detail: 'deny 10.0.0.1/32,10.0.0.2/32' }]);
  });

  it('beside a list are not judged', () => {
    expect(guards({ 'configuration-snippet': 'deny 10.0.0.1;' }, { annotations: { 'denylist-source-range': '10.0.0.9' } })).toContainEqual(unknown('addresses of a snippet beside other lists'));
    expect(guards({ 'controller server-snippet': 'deny 10.0.0.1;' }, { annotations: { 'denylist-source-range': '10.0.0.9' } })).toEqual([{ kind: 'address-list', detail: 'deny 10.0.0.9/32' }]);
  });
});

/** https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#break: it stops the directives of that module, in the whole block. */
describe('a break', () => {
  const run = (text: string, headers: Texts = {}): string => {
    const outcome = ask([shop({ 'configuration-snippet': text })], 'http://h.test/foo', { headers }, { settings: on });
    return outcome.kind === 'forwarded' ? JSON.stringify([Object.fromEntries(outcome.responseHeaders), outcome.guards.map(({ detail }) => detail)]) : brief(outcome);
  };

  it.each<[string, string, Texts?]>([
    ['break; return 403;', '[{},[]]'],
    ['break; rewrite ^ /x permanent; if ($host) { return 403; }', '[{},[]]'],
    ['break; more_set_headers "X-A: 1";', '[{"x-a":"1"},[]]'],
    ['break; constructor x;', '[{},["configuration-snippet of shop/web"]]'],
    ['constructor x; break; return 403;', '[{},["configuration-snippet of shop/web"]]'],
    ['if ($http_x_a) { break; } return 403;', '403'],
    ['if ($http_x_a) { break; } return 403;', '[{},[]]', { 'x-a': '1' }],
    ['if ($http_x_a) { break; return 404; } more_set_headers "X-B: 1"; return 403;', '[{"x-b":"1"},[]]', { 'x-a': '1' }],
    ['if ($geoip) { break; } return 403;', '[{},["configuration-snippet of shop/web"]]'],
  ])('%s: %s', (text, expected, headers) => {
    expect(run(text, headers)).toBe(expected);
  });
});

/** https://nginx.org/en/docs/http/ngx_http_rewrite_module.html */
describe('a condition', () => {
  it.each([
    ['($host = h)', false],
    ['($host != h)', true],
    ['($host = "h.test$")', false],
    ['($host != .)', true],
    ['($http_none = "")', true],
    ['($http_none != "")', false],
    ['($host = "")', false],
    ['(  $host   =   h.test  )', true],
    ['($host ~ "^(h|x)\\.test$")', true],
  ])('%s holds: %s', (condition, expected) => {
    expect(brief(asked({ 'configuration-snippet': `if ${condition} { return 418; }` }))).toBe(expected ? '418' : 'web:80 /foo');
  });
});

describe('a condition that is none', () => {
  it.each(['($host = )', '($host =)', '($host == h.test)', '($host = h.test x)', '(-f $host)', '(x$host)', '($host$scheme)', '($host = h.test) x'])('%s', (condition) => {
    expect(guards({ 'configuration-snippet': `if ${condition} { return 418; }` })).toEqual([unknown('configuration-snippet of shop/web')]);
  });
});

describe('an answer', () => {
  it.each([
    ['return 302 /a;', 'http://H.test./foo', '302 http://h.test/a'],
    ['return 301 https://n.test$uri$is_args$args;', 'http://h.test/foo', '301 https://n.test/foo'],
    ['return 301 https://n.test$uri$is_args$args;', 'http://h.test/foo?', '301 https://n.test/foo'],
    ['rewrite ^/foo$ http://n.test/x;', 'http://h.test/foo', '302 http://n.test/x'],
    ['rewrite ^/foo$ /x? permanent;', 'http://h.test/foo?q', '301 http://h.test/x'],
    ['constructor x; if ($host = h.test) { return 403; }', 'http://h.test/foo', 'web:80 /foo'],
    ['rewrite ^/foo$ /to/https://n.test;', 'http://h.test/foo', 'web:80 /foo'],
  ])('%s to %s: %s', (text, url, expected) => {
    expect(brief(asked({ 'configuration-snippet': text }, { url }))).toBe(expected);
  });
});

/** ngx_http_auth_request_module: variables of its answer are known once it has answered, and empty where nobody is asked. */
describe('headers of answers made of what the authentication service says', () => {
  const text = 'auth_request_set $user $upstream_http_x_user; auth_request_set $cookie $upstream_http_set_cookie; add_header X-User $user; add_header Set-Cookie $cookie; more_set_headers "X-B: 1";';
  it.each<[string, Texts, Texts]>([
    ['are there', { 'auth-url': 'https://a.test/check' }, { 'x-user': '<x-user of the authentication service>', 'x-b': '1' }],
    ['are there, where the service is one of several that may let somebody in', { 'auth-url': 'https://a.test/check', 'auth-type': 'basic', 'auth-secret': 'users', satisfy: 'any', 'whitelist-source-range': '10.0.0.0/8' }, { 'x-user': '<x-user of the authentication service>', 'x-b': '1' }],
    ['are not, where nobody is asked', {}, { 'x-b': '1' }],
    ['are not, where another condition is', { 'limit-rps': '5' }, { 'x-b': '1' }],
  ])('%s', (_, annotations, expected) => {
    expect(Object.fromEntries(forwarded(asked({ 'configuration-snippet': text }, { annotations })).responseHeaders)).toEqual(expected);
  });
});
