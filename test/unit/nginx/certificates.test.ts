import { describe, expect, it } from 'vitest';
import { build, codesOf, path, secret, serverOf, toldOf, type Given, type Options } from './given.ts';
import { growth, inProportion } from '../../support/growth.ts';

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
    expect(certificate).toMatchObject(expected === 'shop-tls' ? { kind: 'secret', name: expected } : { kind: 'default', reason: expected });
    expect(redirects).toBe(true);
    expect(codesOf(configuration)).toEqual(expected === 'shop-tls' ? [] : ['certificate/unusable-secret']);
  });

  const other: Given = { name: 'b', created: 2, rules: { [host]: [path('P /b')] } };
  const first = (tls: NonNullable<Given['tls']>): Given => with_(tls, { name: 'a', created: 1 });
  // createServers of the controller: the first Ingress with a tls section decides, for good.
  it.each<[string, readonly Given[], string, Readonly<Record<string, string>>, Options?]>([
    ['taken', [first([{ hosts: [host], secret: 'x' }]), { ...other, tls: [{ hosts: [host], secret: 'y' }] }], 'shop/b', { secret: 'y', ingress: 'shop/b', host, first: 'shop/a' }],
    ['taken', [first([{ hosts: [host], secret: 'x' }]), { ...other, namespace: 'web', tls: [{ hosts: [host], secret: 'x' }] }], 'web/b', { secret: 'x', ingress: 'web/b', host, first: 'shop/a' }],
    ['taken', [first([{ hosts: [host] }]), { ...other, tls: [{ hosts: [host], secret: 'y' }] }], 'shop/b', { secret: 'y', ingress: 'shop/b', host, first: 'shop/a' }],
    ['assumed', [first([{ hosts: [], secret: 'any' }])], 'shop/a', { host, secret: 'any', ingress: 'shop/a' }],
    ['assumed', [first([{ hosts: ['*.example.com'], secret: 'wild' }])], 'shop/a', { host, secret: 'wild', ingress: 'shop/a' }],
    ['host-not-listed', [first([{ hosts: [`www.${host}`] }]), { ...other, name: 'www', created: 0, rules: { [`www.${host}`]: [path('P /')] }, annotations: {} }], 'shop/a', { host, ingress: 'shop/a' }],
    ['unusable-secret', [first([{ hosts: [host], secret: 'x' }])], 'shop/a', { host, secret: 'x', ingress: 'shop/a' }, { secrets: [secret('x', ['tls.key'])] }],
    ['host-less-rule', [{ rules: { '': [path('P /')] }, tls: [{ hosts: [] }] }], 'shop/web', { ingress: 'shop/web' }],
  ])('is told to be %s', (code, givens, object, args, options = {}) => {
    const told = toldOf(build(givens, options)).filter(([said]) => said.startsWith('certificate/') && said !== 'certificate/host-without-rule');
    expect(told).toEqual([[`certificate/${code}`, `Ingress ${object}`, args]]);
  });

  it.each<[string, NonNullable<Given['tls']>]>([
    ['the same Secret', [{ hosts: [host], secret: 'x' }]],
    ['no Secret', [{ hosts: [host] }]],
    ['another host', [{ hosts: ['*.example.com'], secret: 'y' }]],
  ])('is not taken from a younger Ingress with %s', (_, tls) => {
    expect(codesOf(build([first([{ hosts: [host], secret: 'x' }]), { ...other, tls }]))).toEqual([]);
  });

  it.each<[string, NonNullable<Given['tls']>, readonly string[], readonly [string, boolean]]>([
    ['the first entry of the host', [{ hosts: [host], secret: 'x' }, { hosts: [host], secret: 'y' }], [], ['x', true]],
    ['a Secret for no host, where the wildcard names none', [{ hosts: ['*.example.com'] }, { hosts: [], secret: 'any' }], [], ['any', true]],
    ['the first Secret for no host', [{ hosts: [] }, { hosts: [], secret: 'x' }, { hosts: [], secret: 'y' }], [], ['x', true]],
    ['no Secret that is unusable, though likely', [{ hosts: [], secret: 'x' }], ['password'], ['no-secret-name', true]],
    ['no Secret of another host', [{ hosts: ['other.example.com'], secret: 'x' }, { hosts: [] }], [], ['host-not-listed', true]],
    ['no Secret without a tls section', [], [], ['no-tls-section', false]],
    ['no Secret where the host has none', [{ hosts: [host] }], [], ['no-secret-name', true]],
    ['no Secret of the wildcard two labels up', [{ hosts: ['*.com'], secret: 'x' }], [], ['host-not-listed', true]],
  ])('is %s', (_, tls, keys, expected) => {
    const { certificate, redirects } = serverOf(build([with_(tls)], { secrets: [secret('x', keys)] }), host).tls;
    const [name, redirected] = expected;
    expect(certificate).toMatchObject(/^(?:no|host)-/.test(name) ? { kind: 'default', reason: name } : { kind: 'secret', name });
    expect(redirects).toBe(redirected);
  });

  it('stands in the namespace of its Ingress', () => {
    const { certificate } = serverOf(build([with_([{ hosts: [host], secret: 'x' }], { namespace: 'web' })]), host).tls;
    expect(certificate).toMatchObject({ kind: 'secret', namespace: 'web', name: 'x', ingress: { ref: { name: 'web' } } });
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
    ['the www twin without the annotation', [host, `www.${host}`], {}, true],
    ['another alias', [host, 'new.example.com'], { 'server-alias': 'old.example.com' }, true],
    ['another wildcard', [host, '*.example.net'], {}, true],
  ])('%s', (_, hosts, annotations, expected) => {
    const configuration = build([with_([{ hosts, secret: 'shop-tls' }], { annotations: annotations ?? {} })]);
    expect(codesOf(configuration).includes('certificate/host-without-rule')).toBe(expected);
  });
});

describe('what a tls section lists for nothing', () => {
  it('is told by its names, which are lower case', () => {
    const configuration = build([with_([{ hosts: [host, 'B.example.net', 'a.example.net'], secret: 'x' }])]);
    expect(toldOf(configuration)).toEqual([['certificate/host-without-rule', 'Ingress shop/web', { ingress: 'shop/web', hosts: 'b.example.net, a.example.net' }]]);
  });

  it('is not the bare name of a host with www', () => {
    const www: Given = { rules: { 'www.example.net': [path('P /')] }, tls: [{ hosts: ['www.example.net', 'example.net'], secret: 'x' }], annotations: { 'from-to-www-redirect': 'true' } };
    expect(codesOf(build([www]))).toEqual([]);
    expect(codesOf(build([{ ...www, annotations: {} }]))).toEqual(['certificate/host-without-rule']);
  });

  it('is not told of unknown hosts, whose rule has no name', () => {
    const configuration = build([{ rules: { '': [path('P /')], [host]: [path('P /')] }, tls: [{ hosts: [host], secret: 'x' }] }]);
    expect(codesOf(configuration)).toEqual(['certificate/host-less-rule']);
  });
});

describe('many hosts in one Ingress', () => {
  it('take time in proportion', async () => {
    const given = (length: number): Given => {
      const names = Array.from({ length }, (_, number) => `h${String(number)}.example.com`);
      return { rules: Object.fromEntries(names.map((name) => [name, [path('P /')]])), tls: names.map((name) => ({ hosts: [name], secret: `${name}-tls` })) };
    };
    expect(build([given(300)]).servers).toHaveLength(300);
    expect(await growth((count) => build([given(count)]), 300)).toBeLessThan(inProportion);
  });
});
