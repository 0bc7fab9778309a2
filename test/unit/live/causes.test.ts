import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnostics/finding.ts';
import { causesOf, type RuleOrigin } from '../../../src/live/causes.ts';
import type { Change } from '../../../src/live/change.ts';
import type { ObjectRef } from '../../../src/model/object.ts';

const ingress = (name: string): ObjectRef => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: 'shop', name });
const [web, other] = [ingress('web'), ingress('other')];

const finding = (code: string, fidelity: 'exact' | 'approximate' | 'lost', object: ObjectRef | undefined = web): Finding => ({ code, entry: { fidelity, risk: 'availability', what: '', why: '', do: '' }, args: {}, object, origin: undefined });
const change = (aspect: string, before: Change['before'], after: Change['after'], rules: readonly number[] = [0]): Change => ({ aspect, hosts: [], matches: [], before, after, text: '', rules });

const open: RuleOrigin = { closedBy: [], ingresses: new Set([web]) };
const closed: RuleOrigin = { closedBy: ['basic-auth/lost', 'address-list/lost'], ingresses: new Set([web]) };

describe('the known causes of a change', () => {
  it('are what closed the rule, for all that it leaves out', () => {
    expect(causesOf(change('answer', [{ name: 'web' }], []), [closed], [])).toEqual(['address-list/lost', 'basic-auth/lost']);
    expect(causesOf(change('timeouts', { request: '5s' }, undefined), [closed], [])).toEqual(['address-list/lost', 'basic-auth/lost']);
    expect(causesOf(change('match', { path: '/a' }, undefined), [closed], []), 'a closed rule keeps its matches').toEqual([]);
    expect(causesOf(change('answer', [{ name: 'web' }], [], [0, 1]), [closed, open], []), 'an open rule is closed by nothing').toEqual([]);
  });

  it('are findings about the Ingress of the rule that announce the aspect', () => {
    const timed = change('timeouts', { request: '5s' }, { request: '60s' });
    expect(causesOf(timed, [open], [finding('timeouts/no-total-limit', 'approximate'), finding('timeouts/zero', 'approximate', other), finding('cors/answers-differ', 'approximate'), finding('timeouts/exact', 'exact')])).toEqual(['timeouts/no-total-limit']);
  });

  it('are losses only where something is missing', () => {
    const lost = [finding('timeouts/lost', 'lost')];
    expect(causesOf(change('timeouts', { request: '5s' }, undefined), [open], lost)).toEqual(['timeouts/lost']);
    expect(causesOf(change('timeouts', { request: '5s' }, { request: '60s' }), [open], lost)).toEqual([]);
  });

  it('are findings about the whole run for what is no rule', () => {
    const run: Finding = { ...finding('gateway/class', 'approximate'), object: undefined };
    expect(causesOf(change('gatewayClassName', 'eg', 'x', []), [], [run])).toEqual(['gateway/class']);
    expect(causesOf(change('listener', undefined, { port: 443 }, []), [], [run])).toEqual([]);
  });

  it('are those of any rule of the route for a match that is gone', () => {
    expect(causesOf(change('match', { path: '/a' }, undefined, []), [open], [finding('regex-host/literal', 'approximate')])).toEqual(['regex-host/literal']);
  });
});
