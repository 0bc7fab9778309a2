import { describe, expect, it } from 'vitest';
import { collect } from '../../support/collected.ts';
import { configuration, ingress, location, server, serviceBackend } from '../../support/nginx-model.ts';
import { read } from '../../support/one-ingress.ts';

const intent = { kind: 'service-upstream', enabled: true };

describe('service-upstream', () => {
  it('is an intent when true', () => {
    expect(read({ 'service-upstream': 'true' })).toEqual({ intents: [intent], ledger: ['service-upstream: translated'] });
  });

  it('changes nothing when false', () => {
    expect(read({ 'service-upstream': 'false' })).toEqual({ intents: [], ledger: ['service-upstream: inert service-upstream/default-value'] });
  });

  it('follows the ConfigMap, unless an annotation takes it back', () => {
    const settings = { serviceUpstream: true };
    expect(read({}, { settings }).intents).toEqual([intent]);
    expect(read({ 'service-upstream': 'false' }, { settings })).toEqual({ intents: [], ledger: ['service-upstream: translated'] });
    expect(read({ 'service-upstream': 'maybe' }, { settings })).toEqual({ intents: [], ledger: ['service-upstream: inert service-upstream/ignored-value'] });
  });

  it('is decided by the first Ingress of the Service', () => {
    const first = ingress('shop', { 'service-upstream': 'true' });
    const second = ingress('blog', { 'service-upstream': 'false' });
    const third = ingress('wiki', {});
    const backend = serviceBackend('shop');
    const shared = { backend: { ...backend, upstream: { ...backend.upstream, ingresses: [first, second, third] } } };
    const host = server('shop.example.com', [location(first, '/', shared), location(second, '/blog', shared), location(third, '/wiki', shared)]);
    const { locations, ledger } = collect(configuration([host]));
    const upstreams = Object.values(locations).map((intents) => intents.filter(({ kind }) => kind === 'service-upstream'));
    expect(upstreams).toEqual([[intent], [intent], [intent]]);
    expect(ledger).toEqual([
      'shop/service-upstream: translated',
      'blog/service-upstream: inert service-upstream/default-value annotation/first-ingress-decides',
    ]);
  });
});
