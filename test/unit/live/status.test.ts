import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../src/diagnostics/message.ts';
import { statusFindings } from '../../../src/live/status.ts';
import type { ExistingObject, JsonObject } from '../../../src/model/gateway.ts';

const condition = (type: string, status: string, reason = 'Because', observedGeneration = 2): JsonObject => ({ type, status, reason, message: `about ${type}.`, observedGeneration, lastTransitionTime: '2026-01-01T00:00:00Z' });
const fine = [condition('Accepted', 'True'), condition('ResolvedRefs', 'True')];
const edge = { name: 'edge', namespace: 'infra' };

const route = (parents: readonly JsonObject[] | undefined, refs: readonly JsonObject[] = [edge]): ExistingObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'web', namespace: 'shop', generation: 2 },
  spec: { parentRefs: [...refs] },
  ...(parents === undefined ? {} : { status: { parents } }),
});
const parent = (conditions: readonly JsonObject[], parentRef: JsonObject = edge): JsonObject => ({ parentRef, controllerName: 'example.com/one', conditions });

const gateway = (conditions: readonly JsonObject[], listeners: readonly JsonObject[] = []): ExistingObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge', namespace: 'infra', generation: 2 },
  spec: {},
  status: { conditions, listeners },
});

const told = (object: ExistingObject): readonly string[] => statusFindings([object]).map((finding) => `${finding.code}: ${messageOf(finding).what}`);

describe('the status of a route', () => {
  it('is nothing to speak of when every parent has accepted it', () => {
    expect(told(route([parent(fine)]))).toEqual([]);
  });

  it.each([
    ['no status at all', undefined],
    ['no parent', []],
    ['another parent', [parent(fine, { ...edge, sectionName: 'https' })]],
    ['the parent on another port', [parent(fine, { ...edge, port: 8443 })]],
    ['no conditions', [parent([])]],
  ])('says that no controller has accepted it: %s', (_what, parents) => {
    expect(told(route(parents))).toEqual(['status/no-controller: HTTPRoute shop/web exists, but no controller has accepted it: nobody reports about Gateway infra/edge.']);
  });

  it('knows each parent by namespace and section', () => {
    const own = { name: 'own', sectionName: 'http' };
    expect(told(route([parent(fine), parent(fine, { ...own, namespace: 'shop' })], [edge, own]))).toEqual([]);
    expect(told(route([parent(fine)], [edge, own]))).toHaveLength(1);
  });

  it.each([
    ['status/not-accepted', condition('Accepted', 'False', 'NotAllowedByListeners'), 'does not accept it: NotAllowedByListeners, about Accepted.'],
    ['status/unresolved', condition('ResolvedRefs', 'False', 'BackendNotFound'), 'does not resolve all that it refers to: BackendNotFound, about ResolvedRefs.'],
    ['status/partially-invalid', condition('PartiallyInvalid', 'True', 'UnsupportedValue'), 'accepted only in parts by Gateway infra/edge: UnsupportedValue, about PartiallyInvalid.'],
    ['status/outdated', condition('Accepted', 'True', 'Accepted', 1), 'is about generation 1, and the object is at 2.'],
  ])('%s', (code, wrong, words) => {
    const [only, ...others] = told(route([parent([...fine.filter(({ type }) => type !== wrong['type']), wrong])]));
    expect(others).toEqual([]);
    expect(only).toContain(`${code}: HTTPRoute shop/web`.replace('status/outdated: HTTPRoute shop/web', 'status/outdated: What'));
    expect(only).toContain(words);
  });
});

describe('the status of a Gateway', () => {
  const programmed = [condition('Accepted', 'True'), condition('Programmed', 'True')];

  it('is nothing to speak of when it and its listeners serve', () => {
    expect(told(gateway(programmed, [{ name: 'http', conditions: [...programmed, ...fine, condition('Conflicted', 'False')] }]))).toEqual([]);
  });

  it('says that nobody has looked at it while the API server stands in', () => {
    const waiting = [condition('Accepted', 'Unknown', 'Pending'), condition('Programmed', 'Unknown', 'Pending')];
    expect(told(gateway(waiting))).toEqual(['status/no-controller: Gateway infra/edge exists, but no controller has accepted it: nobody reports about the Gateway.']);
  });

  it('tells the Gateway from its listeners', () => {
    expect(told(gateway([condition('Accepted', 'True'), condition('Programmed', 'False', 'AddressNotAssigned')], [{ name: 'https', conditions: [condition('Conflicted', 'True', 'HostnameConflict')] }]))).toEqual([
      'status/not-programmed: Gateway infra/edge is accepted, but the Gateway is not programmed: AddressNotAssigned, about Programmed.',
      'status/conflicted: Gateway infra/edge has a listener that conflicts with another one, listener https: HostnameConflict, about Conflicted.',
    ]);
  });

  it('takes a status of any shape', () => {
    expect(told({ ...gateway([]), status: { conditions: 'none', listeners: [{ conditions: [{}, null] }] } as unknown as JsonObject })).toHaveLength(1);
  });
});
