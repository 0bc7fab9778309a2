import { describe, expect, it } from 'vitest';
import { collect, type Collected } from '../../support/collected.ts';
import { configuration, ingress, location, server, settings, withTls } from '../../support/nginx-model.ts';

const cut = { kind: 'https-redirect', status: 308, preserveTrailingSlash: false };
const kept = { ...cut, preserveTrailingSlash: true };

interface Host {
  readonly tls?: boolean;
  readonly path?: string;
  readonly settings?: Partial<typeof settings>;
  readonly name?: string;
}

function read(annotations: Readonly<Record<string, string>>, { tls = true, path = '/', settings: changed = {}, name = 'shop.example.com' }: Host = {}): Collected & { readonly intents: unknown } {
  const shop = ingress('shop', annotations, { [name === '_' ? '' : name]: [path] });
  const result = collect(configuration([server(name, [location(shop, path)], tls ? withTls : {})], { settings: { ...settings, ...changed } }));
  return { ...result, intents: result.locations[`${name} ${path}`] };
}

describe('the redirect to HTTPS', () => {
  it.each<[string, Readonly<Record<string, string>>, Host, unknown]>([
    ['is on by default on a host with tls', {}, {}, [cut]],
    ['is off without tls', {}, { tls: false }, []],
    ['is off without tls even if asked for', { 'ssl-redirect': 'true' }, { tls: false }, []],
    ['can be switched off', { 'ssl-redirect': 'False' }, {}, []],
    ['stays on for a value that is no boolean', { 'ssl-redirect': 'notabool' }, {}, [cut]],
    ['can be forced without tls', { 'force-ssl-redirect': 'true' }, { tls: false }, [cut]],
    ['is forced against ssl-redirect', { 'force-ssl-redirect': 'true', 'ssl-redirect': 'false' }, {}, [cut]],
    ['keeps the slash if told to', { 'preserve-trailing-slash': 'true' }, {}, [kept]],
    ['spares the challenges of certificates', { 'force-ssl-redirect': 'true' }, { path: '/.well-known/acme-challenge/token' }, []],
    ['does not spare a path above them', {}, { path: '/.well-known' }, [cut]],
    ['never applies to unknown hosts by ssl-redirect', { 'ssl-redirect': 'true' }, { name: '_' }, []],
    ['can be forced on unknown hosts', { 'force-ssl-redirect': 'true' }, { name: '_' }, [cut]],
    ['follows the ConfigMap', {}, { settings: { sslRedirect: false } }, []],
    ['follows the annotation before the ConfigMap', { 'ssl-redirect': 'true' }, { settings: { sslRedirect: false } }, [cut]],
    ['takes code, force and slash from the ConfigMap', {}, { tls: false, settings: { forceSslRedirect: true, httpRedirectCode: 302, preserveTrailingSlash: true } }, [{ ...kept, status: 302 }]],
  ])('%s', (_name, annotations, options, intents) => {
    expect(read(annotations, options).intents).toEqual(intents);
  });

  it.each<[Readonly<Record<string, string>>, Host, readonly string[]]>([
    [{ 'ssl-redirect': 'true' }, {}, ['shop/ssl-redirect: translated']],
    [{ 'ssl-redirect': 'false' }, {}, ['shop/ssl-redirect: translated']],
    [{ 'ssl-redirect': 'false' }, { tls: false }, ['shop/ssl-redirect: inert https-redirect/off']],
    [{ 'ssl-redirect': 'true' }, { tls: false }, ['shop/ssl-redirect: inert https-redirect/no-tls']],
    [{ 'ssl-redirect': 'true' }, { name: '_' }, ['shop/ssl-redirect: inert https-redirect/no-host']],
    [{ 'ssl-redirect': 'maybe' }, {}, ['shop/ssl-redirect: inert https-redirect/unusable-boolean']],
    [{ 'force-ssl-redirect': 'false' }, {}, ['shop/force-ssl-redirect: inert https-redirect/off']],
    [{ 'force-ssl-redirect': 'false' }, { settings: { forceSslRedirect: true } }, ['shop/force-ssl-redirect: translated']],
    [{ 'force-ssl-redirect': 'true', 'ssl-redirect': 'false' }, {}, ['shop/force-ssl-redirect: translated', 'shop/ssl-redirect: inert https-redirect/forced']],
    [{ 'force-ssl-redirect': 'true' }, { path: '/.well-known/acme-challenge' }, ['shop/force-ssl-redirect: inert https-redirect/exempt-path']],
    [{ 'preserve-trailing-slash': 'true' }, { tls: false }, ['shop/preserve-trailing-slash: inert https-redirect/no-redirect']],
    [{ 'preserve-trailing-slash': 'true' }, {}, ['shop/preserve-trailing-slash: translated']],
  ])('books %o on %o', (annotations, options, ledger) => {
    expect(read(annotations, options).ledger).toEqual(ledger);
  });

  it('warns of a loop when a load balancer states the scheme', () => {
    expect(read({}, { settings: { useForwardedHeaders: true } }).codes).toEqual(['https-redirect/forwarded-proto']);
    expect(read({ 'ssl-redirect': 'false' }, { settings: { useForwardedHeaders: true } }).codes).toEqual([]);
  });
});
