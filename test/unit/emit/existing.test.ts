import { describe, expect, it } from 'vitest';
import { emit, fragment, httpListener, httpsListener, httpsRedirect, ingress, list, named, ofKind, plan, rule, sections } from './builders.ts';

const existing = { existingGateway: true, gateway: { namespace: 'edge', name: 'main' } } as const;
const codesOf = (result: ReturnType<typeof emit>): readonly string[] => result.findings.map(({ code }) => code);

describe('an existing Gateway', () => {
  it('gets routes alone, bound to a scheme by the usual section names', () => {
    const rules = [rule({ hostnames: ['a.com'], listeners: 'https' }), rule({ hostnames: ['a.com'], listeners: 'http', ...httpsRedirect }), rule({ hostnames: ['b.com'], listeners: 'both' })];
    const result = emit(plan(rules, [httpListener(), httpsListener('a.com', { secret: 'other/x' }), httpsListener('b.com')]), existing);
    expect(named(result.value)).toEqual(['HTTPRoute/web/a-com', 'HTTPRoute/web/a-com-redirect', 'HTTPRoute/web/b-com']);
    expect(result.value.map(sections)).toEqual([['main/https'], ['main/http'], ['main/*']]);
    expect(codesOf(result)).toEqual(['gateway/existing-listeners']);
  });

  it('needs no namespace on the routes of an input that names none', () => {
    const [route] = emit(plan([rule()]), { ...existing, omitNamespace: true }).value;
    expect(route?.metadata).toEqual({ name: 'shop-example-com' });
    expect(route?.spec['parentRefs']).toEqual([{ name: 'main', namespace: 'edge', sectionName: 'http' }]);
  });

  const protectedPlan = plan(
    [rule({ hostnames: ['a.com'], listeners: 'https', ingresses: [ingress('web', 'a')], timeouts: { request: '1s' } }), rule({ hostnames: ['a.com'], ...httpsRedirect }), rule({ hostnames: ['b.com'], listeners: 'https' })],
    [httpListener(), httpsListener('a.com', { policies: [fragment('ClientPolicy', { ca: 'x' })] }), httpsListener('b.com')],
    { gatewayPolicies: [fragment('ClientPolicy', { headers: 'drop' })] },
  );

  it('closes what a lost setting of a listener protected, and nothing else', () => {
    const result = emit(protectedPlan, existing);
    expect(ofKind(result.value, 'ClientPolicy')).toEqual([]);
    expect(ofKind(result.value, 'HTTPRoute').map((route) => list(route, 'rules').map((entry) => Object.keys(entry)))).toEqual([[['matches']], [['matches', 'filters']], [['matches', 'backendRefs']]]);
    expect(codesOf(result)).toEqual(['gateway/existing-listener-policy', 'gateway/existing-listeners', 'gateway/existing-gateway-policy']);
  });

  it('leaves it open when the loss is accepted by name', () => {
    const accepted = ({ code, object }: { code: string; object: { name: string } | undefined }): boolean => code === 'gateway/existing-listener-policy' && object?.name === 'a';
    const result = emit(protectedPlan, { ...existing, accepted });
    expect(list(ofKind(result.value, 'HTTPRoute')[0], 'rules')[0]).toHaveProperty('backendRefs');
    expect(codesOf(result)).toContain('gateway/existing-listener-policy');
  });
});
