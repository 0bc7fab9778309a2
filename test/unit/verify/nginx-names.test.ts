import { describe, expect, it } from 'vitest';
import { path, type Given } from '../nginx/given.ts';
import { ask, brief } from './ask.ts';

type Texts = Readonly<Record<string, string>>;
const host = (name: string, annotations: Texts = {}, text = 'P /'): Given => ({ name: name.replaceAll(/[^a-z]/gu, '') || 'any', annotations, rules: { [name]: [path(text, `${name.replaceAll(/[^a-z]/gu, '') || 'any'}:80`)] } });
/** Given from the oldest on. */
const get = (givens: readonly Given[], url: string): string => brief(ask(givens.map((given, created) => ({ ...given, created })), url));

/** https://nginx.org/en/docs/http/server_names.html, and buildServerName in template.go of the controller */
describe('a name', () => {
  const wild = host('*.w.test');
  it.each<[string, readonly Given[], string, string]>([
    ['of one label, digits and underscores too', [wild], 'a_1-b.w.test', 'wtest:80 /'],
    ['with a dot where another character stands', [wild], 'a.wxtest', '404'],
    ['with something behind it', [wild], 'a.w.test.evil', '404'],
    ['with something behind it that ends in a dot', [wild], 'a.w.test.', 'wtest:80 /'],
    ['of nobody, where somebody has all', [host('h.test'), host('')], 'u.test', 'any:80 /'],
    ['of nobody, where nobody has all', [host('h.test')], 'u.test', '404'],
    ['that looks like the one for unknown hosts', [host('h.test'), host('')], '_', 'any:80 /'],
  ])('%s', (_, givens, name, expected) => {
    expect(get(givens, `http://${name}/`)).toBe(expected);
  });
});

describe('an alias', () => {
  const aliased = (...aliases: readonly string[]): Given => host('h.test', { 'server-alias': aliases.join(',') });
  it.each<[string, readonly Given[], string, string]>([
    ['gives way to a host', [aliased('o.test'), host('o.test')], 'o.test', 'otest:80 /'],
    ['is exact', [aliased('o.test')], 'a.o.test', '404'],
    ['with a star has any number of labels', [aliased('*.o.test')], 'a.b.o.test', 'htest:80 /'],
    ['with a star has one label at least', [aliased('*.o.test')], 'o.test', '404'],
    ['with a star is not that of a name that ends like it', [aliased('*.o.test')], 'ao.test', '404'],
    ['with a star gives way to a longer one', [aliased('*.test'), host('p.other', { 'server-alias': '*.o.test' })], 'a.o.test', 'pother:80 /'],
    ['with a star has what a longer one has not', [host('p.other', { 'server-alias': '*.o.test' }), aliased('*.test')], 'a.q.test', 'htest:80 /'],
    ['with a star stands before a wildcard host, which is an expression', [aliased('*.test'), host('*.w.test')], 'a.w.test', 'htest:80 /'],
    ['that is an expression may match anywhere', [aliased('~o[0-9]')], 'ao1.test', 'htest:80 /'],
    ['that is an expression is found in any case', [aliased('~^O[0-9]\\.test$')], 'o1.test', 'htest:80 /'],
    ['that is an expression is no name', [aliased('~o')], '~o', 'htest:80 /'],
    ['that is an expression gives way to one of an earlier server', [host('a.test', { 'server-alias': '~^x' }), host('b.test', { 'server-alias': '~^x' })], 'x', 'atest:80 /'],
  ])('%s', (_, givens, name, expected) => {
    expect(get(givens, `http://${name}/`)).toBe(expected);
  });
});

/** FromToWWW in template.go and nginx.go of the controller; which annotations cost it: redirect.go */
describe('from-to-www-redirect', () => {
  const on = { 'from-to-www-redirect': 'true' };
  it.each<[string, readonly Given[], string, string]>([
    ['adds www', [host('h.test', on)], 'http://www.h.test/a/?b', '308 http://h.test:80/a/?b'],
    ['takes www away', [host('www.h.test', on)], 'https://h.test/a/', '308 https://www.h.test:443/a'],
    ['leaves the host itself alone', [host('h.test', on)], 'http://h.test/a', 'htest:80 /a'],
    ['takes one www away', [host('www.www.h.test', on)], 'http://www.h.test/', '308 http://www.www.h.test:80'],
    ['needs a true value', [host('h.test', { 'from-to-www-redirect': 'false' })], 'http://www.h.test/', '404'],
    ['gives way to a host', [host('h.test', on), host('www.h.test')], 'http://www.h.test/', 'wwwhtest:80 /'],
    ['gives way to an alias', [host('h.test', on), host('o.test', { 'server-alias': 'www.h.test' })], 'http://www.h.test/', 'otest:80 /'],
    ['stands before a wildcard alias', [host('h.test', on), host('o.test', { 'server-alias': '*.h.test' })], 'http://www.h.test/', '308 http://h.test:80'],
    ['is none of a wildcard', [host('*.h.test', on)], 'http://www.*.h.test/', '404'],
    ['is none of unknown hosts', [host('', on)], 'http://www._/', 'any:80 /'],
    ['is none of an Ingress without a path that nginx serves', [host('h.test'), { name: 'none', annotations: on, rules: { 'h.test': [path('P /', 'other:80')] } }], 'http://www.h.test/', '404'],
    ['of any Ingress of the host counts', [host('h.test'), { name: 'more', annotations: on, rules: { 'h.test': [path('P /more')] } }], 'http://www.h.test/', '308 http://h.test:80'],
    ['goes with a redirect to a web address', [host('h.test', { ...on, 'temporal-redirect': 'https://n.test' })], 'http://www.h.test/', '308 http://h.test:80'],
    ['is lost with a redirect to none', [host('h.test', { ...on, 'temporal-redirect': '/a' })], 'http://www.h.test/', '404'],
    ['is lost with an empty redirect', [host('h.test', { ...on, 'permanent-redirect': '' })], 'http://www.h.test/', '404'],
  ])('%s', (_, givens, url, expected) => {
    expect(get(givens, url)).toBe(expected);
  });
});
