import { describe, expect, it } from 'vitest';
import { lower, type PathSpec, type RunOptions } from './fake.ts';

const from = [] as const;

/** Matches in the order of nginx, and the codes raised. */
function place(paths: readonly PathSpec[], regex = true, options: RunOptions = {}): { readonly matches: readonly string[]; readonly codes: readonly string[] } {
  const { rules, codes } = lower([{ regex, paths }], options);
  return { matches: rules.flatMap((rule) => rule.matches.map(({ path }) => `${path.type} ${path.value}`)), codes };
}

const rewrite = (target: string): NonNullable<PathSpec['intents']> => [{ kind: 'rewrite', from, target }];
const list: NonNullable<PathSpec['intents']> = [{ kind: 'address-list', from, allow: ['10.0.0.0/8'], deny: [] }];

describe('paths of a host without regular expressions', () => {
  it('follow pathType', () => {
    const { matches, codes } = place([{ path: '/foo/' }, { path: '/bar', pathType: 'Exact' }, { path: '/' }], false);
    expect(matches).toEqual(['PathPrefix /foo', 'Exact /bar', 'PathPrefix /']);
    expect(codes).toEqual([]);
  });

  it('are escaped where the field takes no such character', () => {
    const { matches, codes } = place([{ path: '/foo(/|$)(.*)' }, { path: '/a b', pathType: 'Exact' }, { path: '/50%' }, { path: '/é' }, { path: '/\uD800' }], false);
    expect(matches).toEqual(['PathPrefix /foo(/%7C$)(.*)', 'Exact /a%20b', 'PathPrefix /50%25', 'PathPrefix /%C3%A9', 'PathPrefix /%EF%BF%BD']);
    expect(new Set(codes)).toEqual(new Set(['path/escaped']));
  });

  it('are left out where no request reaches them', () => {
    const { matches, codes } = place([{ path: '/a//b' }, { path: '/a/../b' }, { path: '/a.b' }], false);
    expect(matches).toEqual(['PathPrefix /a.b']);
    expect(codes).toEqual(['path/never-matches', 'path/never-matches']);
  });

  it('are closed when the field is too short for them', () => {
    const { rules, codes } = lower([{ paths: [{ path: `/a/${'b'.repeat(1100)}` }] }]);
    expect(codes).toEqual(['path/too-long']);
    expect(rules[0]).toMatchObject({ matches: [{ path: { type: 'PathPrefix', value: '/a' } }], backendRefs: [], closedBy: ['path/too-long'] });
  });

  it('keep the first of two equal matches', () => {
    const { matches, codes } = place([{ path: '/foo/' }, { path: '/foo' }], false);
    expect(matches).toEqual(['PathPrefix /foo']);
    expect(codes).toEqual(['path/same-match']);
  });
});

describe('paths of a regex host', () => {
  it('become regular expressions, plain ones too', () => {
    const { matches, codes } = place([{ path: '/api/v[0-9]+' }, { path: '/foo' }]);
    expect(matches).toEqual(['RegularExpression (?i)^/api/v[0-9]+.*$', 'RegularExpression (?i)^/foo.*$']);
    expect(codes).toEqual([]);
  });

  it('say that gateways order regular expressions as they like', () => {
    expect(place([{ path: '/api/v[0-9]+' }, { path: '/' }]).codes).toEqual(['regex-host/order']);
    expect(place([{ path: '/api/v[0-9]+', intents: list }, { path: '/' }]).codes).toContain('regex-host/order-near-protection');
  });

  it('are literal as a group when one needs a prefix rewrite', () => {
    const { matches, codes } = place([{ path: '/svc(/|$)(.*)', intents: rewrite('/$2') }, { path: '/' }]);
    expect(matches).toEqual(['PathPrefix /svc', 'PathPrefix /']);
    expect(codes).toEqual(['regex-host/literal']);
  });

  it('never mix types where a path reaches both', () => {
    const { matches, codes } = place([{ path: '/svc(/|$)(.*)', intents: rewrite('/$2') }, { path: '/v[0-9]' }, { path: '/' }]);
    expect(matches.every((match) => match.startsWith('RegularExpression'))).toBe(true);
    expect(codes).toEqual(['regex-host/order', 'rewrite/capture-groups']);
  });

  it('choose for each group that no path connects', () => {
    const { matches } = place([{ path: '/svc(/|$)(.*)', intents: rewrite('/$2') }, { path: '/api/v[0-9]+' }]);
    expect(matches).toEqual(['PathPrefix /svc', 'RegularExpression (?i)^/api/v[0-9]+.*$']);
  });

  it('are literal where the user asks for it and they can be', () => {
    const options = { regexHosts: 'literal' } as const;
    const plain = place([{ path: '/foo' }, { path: '/only', pathType: 'Exact' }], true, options);
    expect(plain.matches).toEqual(['PathPrefix /foo', 'Exact /only']);
    expect(place([{ path: '/foo[0-9]' }, { path: '/foo' }], true, options).matches.every((match) => match.startsWith('Reg'))).toBe(true);
    const guarded = place([{ path: '/admin', intents: list }, { path: '/' }], true, options);
    expect(guarded.codes).toEqual(['address-list/lost', 'path/escaped-slash-near-protection', 'regex-host/literal-near-protection']);
  });

  it('are closed, and wide, when they cannot be said', () => {
    const { rules, codes } = lower([{ regex: true, paths: [{ path: '/(?!admin).*' }] }]);
    expect(codes).toEqual(['regex-host/not-portable']);
    expect(rules[0]).toMatchObject({ backendRefs: [], filters: [], closedBy: ['regex-host/not-portable'] });
    expect(rules[0]?.matches[0]?.path.value).toBe('(?i)^/(?:admin)?.*.*$');
  });

  it('replace the whole path on any match, and never write a group as text', () => {
    const { rules } = lower([{ regex: true, paths: [{ path: '/a[0-9]', intents: rewrite('/') }, { path: '/b([0-9])', intents: rewrite('/x/$1') }] }]);
    expect(rules[0]?.filters).toEqual([{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/' } } }]);
    expect(rules[1]).toMatchObject({ backendRefs: [], filters: [], closedBy: ['rewrite/capture-groups'] });
  });
});
