import { describe, expect, it } from 'vitest';
import { readForeign } from '../../../src/annotations/fallback.ts';
import { ingress, settings } from '../../support/nginx-model.ts';
import { intentsOf, read } from '../../support/one-ingress.ts';

/** Where a copied annotation goes, as `route key=value`. */
const copies = (annotations: Readonly<Record<string, string>>): readonly string[] =>
  intentsOf(annotations).flatMap((intent) => (intent.kind === 'metadata' ? [...intent.annotations].map(([key, value]) => `${intent.on} ${key}=${value}`) : []));

describe('foreign', () => {
  it.each([
    ['cert-manager.io/cluster-issuer', 'gateway', 'approximated foreign/cert-manager'],
    ['cert-manager.io/issuer', 'gateway', 'approximated foreign/namespaced-issuer'],
    ['cert-manager.io/duration', 'gateway', 'translated'],
    ['external-dns.alpha.kubernetes.io/target', 'gateway', 'approximated foreign/external-dns'],
    ['external-dns.alpha.kubernetes.io/ttl', 'route', 'approximated foreign/external-dns'],
    ['external-dns.kubernetes.io/hostname', 'route', 'approximated foreign/external-dns'],
    ['argocd.argoproj.io/sync-wave', 'route', 'translated foreign/argocd-link'],
    ['link.argocd.argoproj.io/docs', 'route', 'translated'],
    ['gethomepage.dev/enabled', 'route', 'approximated foreign/reader-must-watch-routes'],
    ['reloader.stakater.com/auto', 'route', 'approximated foreign/reader-must-watch-routes'],
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
    ['acme.cert-manager.io/http01-edit-in-place', 'lost foreign/ingress-only-needed'],
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

  it('renames what external-dns calls otherwise on routes, and speaks of external-dns once', () => {
    const prefix = 'external-dns.alpha.kubernetes.io';
    const annotations = { [`${prefix}/ingress-hostname-source`]: 'defined-hosts-only', [`${prefix}/ttl`]: '60' };
    expect(copies(annotations)).toEqual([`route ${prefix}/gateway-hostname-source=defined-hosts-only`, `route ${prefix}/ttl=60`]);
    expect(read(annotations).ledger).toEqual([`${prefix}/ingress-hostname-source: approximated foreign/external-dns`, `${prefix}/ttl: translated`]);
  });
});
