import { describe, expect, it } from 'vitest';
import { build, codesOf, path, secret, serverOf, type Given } from './given.ts';

const host = 'shop.example.com';
const with_ = (tls: NonNullable<Given['tls']>, more: Given = {}): Given => ({ rules: { [host]: [path('P /')] }, tls, ...more });
const tlsOf = (...givens: readonly Given[]) => {
  const { certificate, redirects } = serverOf(build(givens), host).tls;
  return [certificate.kind === 'secret' ? certificate.name : certificate.reason, redirects] as const;
};

/** Measured on a running controller 1.15.1, but for what only the certificate itself shows. */
describe('the certificate of a host', () => {
  it.each<[string, readonly Given[], readonly [string, boolean]]>([
    ['a listed host', [with_([{ hosts: ['SHOP.example.com'], secret: 'shop-tls' }])], ['shop-tls', true]],
    ['no tls section', [with_([])], ['no-tls-section', false]],
    ['no secretName', [with_([{ hosts: [host] }])], ['no-secret-name', true]],
    ['another host listed', [with_([{ hosts: ['other.example.com'], secret: 'other-tls' }])], ['host-not-listed', true]],
    ['an empty entry', [with_([{ hosts: [] }])], ['no-secret-name', true]],
    ['a Secret for no host', [with_([{ hosts: [], secret: 'any-tls' }])], ['any-tls', true]],
    ['the wildcard listed', [with_([{ hosts: ['*.example.com'], secret: 'wild-tls' }])], ['wild-tls', true]],
    [
      'an older Ingress without tls',
      [with_([], { name: 'a', created: 1 }), with_([{ hosts: [host], secret: 'shop-tls' }], { name: 'b', created: 2 })],
      ['shop-tls', true],
    ],
    [
      'an older Ingress with tls for another host',
      [with_([{ hosts: ['other.example.com'] }], { name: 'a', created: 1 }), with_([{ hosts: [host], secret: 'shop-tls' }], { name: 'b', created: 2 })],
      ['host-not-listed', true],
    ],
    [
      'a wildcard Ingress with tls',
      [with_([], { name: 'a' }), { name: 'w', rules: { '*.example.com': [path('P /')] }, tls: [{ hosts: ['*.example.com'], secret: 'wild-tls' }] }],
      ['wild-tls', true],
    ],
  ])('%s', (_, givens, expected) => {
    expect(tlsOf(...givens)).toEqual(expected);
  });

  it('is the default one for unknown hosts, without a redirect', () => {
    const configuration = build([{ rules: { '': [path('P /')] }, tls: [{ hosts: [], secret: 'any-tls' }] }]);
    expect(serverOf(configuration, '_').tls).toEqual({ certificate: { kind: 'default', reason: 'host-less' }, redirects: false });
    expect(codesOf(configuration)).toEqual(['certificate/host-less-rule']);
  });

  it('is not that of a wildcard two labels up', () => {
    const deep = build([
      { name: 'a', rules: { 'a.b.example.com': [path('P /')] } },
      { name: 'w', rules: { '*.example.com': [path('P /')] }, tls: [{ hosts: ['*.example.com'], secret: 'wild-tls' }] },
    ]);
    expect(serverOf(deep, 'a.b.example.com').tls.redirects).toBe(false);
  });

  it.each<[readonly string[], string]>([
    [['tls.crt', 'tls.key'], 'shop-tls'],
    [['tls.crt'], 'unusable-secret'],
    [['password'], 'unusable-secret'],
    // Of Secrets in a cluster only the metadata is read.
    [[], 'shop-tls'],
  ])('of a Secret with the keys %j is %s', (keys, expected) => {
    const configuration = build([with_([{ hosts: [host], secret: 'shop-tls' }])], { secrets: [secret('shop-tls', keys)] });
    const { certificate, redirects } = serverOf(configuration, host).tls;
    expect([certificate.kind === 'secret' ? certificate.name : certificate.reason, redirects]).toEqual([expected, true]);
    expect(codesOf(configuration)).toEqual(expected === 'shop-tls' ? [] : ['certificate/unusable-secret']);
  });

  it('of a younger Ingress is told', () => {
    const two = build([with_([{ hosts: [host], secret: 'a' }], { name: 'a', created: 1 }), with_([{ hosts: [host], secret: 'b' }], { name: 'b', created: 2 })]);
    expect(codesOf(two)).toEqual(['certificate/taken', 'location/taken']);
  });
});

describe('tls hosts without a rule', () => {
  it.each<[string, readonly string[], Given['annotations'], boolean]>([
    ['a foreign name', [host, 'www.example.net'], {}, true],
    ['the www twin', [host, `www.${host}`], { 'from-to-www-redirect': 'true' }, false],
    ['an alias', [host, 'old.example.com'], { 'server-alias': 'old.example.com' }, false],
    ['the wildcard of the host', ['*.example.com'], {}, false],
  ])('%s', (_, hosts, annotations, expected) => {
    const configuration = build([with_([{ hosts, secret: 'shop-tls' }], { annotations: annotations ?? {} })]);
    expect(codesOf(configuration).includes('certificate/host-without-rule')).toBe(expected);
  });
});

describe('many hosts in one Ingress', () => {
  it('take time in proportion', () => {
    const names = Array.from({ length: 5000 }, (_, number) => `h${String(number)}.example.com`);
    const given: Given = {
      rules: Object.fromEntries(names.map((name) => [name, [path('P /')]])),
      tls: names.map((name) => ({ hosts: [name], secret: `${name}-tls` })),
    };
    const started = performance.now();
    const configuration = build([given]);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(configuration.servers).toHaveLength(5000);
  });
});
