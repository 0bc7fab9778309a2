import { describe, expect, it } from 'vitest';
import { readForeign } from '../../../src/annotations/fallback.ts';
import { ingress, settings } from '../../support/nginx-model.ts';
import { intentsOf, read } from '../../support/one-ingress.ts';

/** Where a copied annotation goes, as `route key=value`. */
const copies = (annotations: Readonly<Record<string, string>>): readonly string[] =>
  intentsOf(annotations).flatMap((intent) => (intent.kind === 'metadata' ? [...intent.annotations].map(([key, value]) => `${intent.on} ${key}=${value}`) : []));

describe('foreign', () => {
  it.each([
    ['external-dns.alpha.kubernetes.io/target', 'gateway', 'translated'],
    ['external-dns.alpha.kubernetes.io/ttl', 'route', 'translated'],
    ['external-dns.kubernetes.io/hostname', 'route', 'translated'],
    ['argocd.argoproj.io/sync-wave', 'route', 'translated foreign/argocd-link'],
    ['link.argocd.argoproj.io/docs', 'route', 'translated'],
    ['gethomepage.dev/enabled', 'route', 'translated'],
    ['reloader.stakater.com/auto', 'route', 'translated'],
    ['example.org/team', 'route', 'translated foreign/copied'],
  ])('%s goes to the %s', (key, on, outcome) => {
    expect(copies({ [key]: 'x' })).toEqual([`${on} ${key}=x`]);
    expect(read({ [key]: 'x' }).ledger).toEqual([`${key}: ${outcome}`]);
  });

  it.each([
    ['kubectl.kubernetes.io/last-applied-configuration', 'inert foreign/bookkeeping'],
    ['kubernetes.io/change-cause', 'inert foreign/bookkeeping'],
    ['meta.helm.sh/release-name', 'inert foreign/bookkeeping'],
    ['field.cattle.io/publicEndpoints', 'inert foreign/bookkeeping'],
    ['argocd.argoproj.io/tracking-id', 'inert foreign/bookkeeping foreign/argocd-link'],
    ['nginx.org/websocket-services', 'inert foreign/other-controller'],
    ['traefik.ingress.kubernetes.io/router.middlewares', 'inert foreign/other-controller'],
    ['alb.ingress.kubernetes.io/scheme', 'inert foreign/other-controller'],
    ['kubernetes.io/ingress.allow-http', 'inert foreign/other-controller'],
    ['kubernetes.io/tls-acme', 'lost foreign/ingress-only-needed'],
    ['acme.cert-manager.io/http01-edit-in-place', 'inert foreign/no-certificate'],
    ['cert-manager.io/cluster-issuer', 'inert foreign/no-certificate'],
    ['cert-manager.io/issue-temporary-certificate', 'inert foreign/other-object'],
    ['hajimari.io/enable', 'lost foreign/ingress-only'],
    ['kubernetes.io/ingress.class', 'translated'],
    ['-bad-/key', 'inert foreign/invalid-key'],
    ['example.org/a b', 'inert foreign/invalid-key'],
  ])('%s is %s', (key, outcome) => {
    expect(copies({ [key]: 'true' })).toEqual([]);
    expect(read({ [key]: 'true' }).ledger).toEqual([`${key}: ${outcome}`]);
  });

  it('speaks of the link that Argo CD loses once, and not where there is one', () => {
    const argo = 'argocd.argoproj.io';
    expect(read({ [`${argo}/sync-options`]: 'a', [`${argo}/sync-wave`]: '1' }).ledger).toEqual([`${argo}/sync-options: translated foreign/argocd-link`, `${argo}/sync-wave: translated`]);
    expect(read({ [`${argo}/sync-wave`]: '1', 'link.argocd.argoproj.io/external-link': 'https://shop.example.com' }).ledger).toEqual([`${argo}/sync-wave: translated`, 'link.argocd.argoproj.io/external-link: translated']);
    expect(read({ [`${argo}/ignore-default-links`]: 'true' }).ledger).toEqual([`${argo}/ignore-default-links: translated`]);
  });

  it('copies a key without a prefix', () => {
    const { state, intents } = readForeign(ingress('shop', {}), 'probe-uri', settings);
    expect(state).toBe('effective');
    expect(intents).toHaveLength(1);
  });

  it('renames what external-dns calls otherwise on routes', () => {
    const prefix = 'external-dns.alpha.kubernetes.io';
    expect(copies({ [`${prefix}/ingress-hostname-source`]: 'defined-hosts-only' })).toEqual([`route ${prefix}/gateway-hostname-source=defined-hosts-only`]);
  });

  it('moves what makes cert-manager issue a certificate, and nothing that it would pass over', () => {
    const moved = (annotations: Readonly<Record<string, string>>, entry: { readonly hosts: readonly string[]; readonly secretName: string }): readonly string[] => {
      const plain = ingress('shop', annotations);
      const tls = [{ ...entry, origin: { source: plain.source, path: [] } }];
      return Object.keys(annotations).map((key) => readForeign({ ...plain, tls }, key, settings).state);
    };
    const tls = { hosts: ['a.example'], secretName: 'a-tls' };
    const all = { 'cert-manager.io/cluster-issuer': 'x', 'venafi.cert-manager.io/custom-fields': 'y', 'acme.cert-manager.io/http01-edit-in-place': 'true' };
    expect(moved(all, tls)).toEqual(['effective', 'effective', 'effective']);
    expect(moved({ 'cert-manager.io/duration': '1h' }, tls)).toEqual(['inert']);
    expect(moved({ 'cert-manager.io/issuer': 'x' }, { ...tls, secretName: '' })).toEqual(['inert']);
    expect(moved({ 'cert-manager.io/issuer': 'x' }, { ...tls, hosts: [] })).toEqual(['inert']);
  });
});
