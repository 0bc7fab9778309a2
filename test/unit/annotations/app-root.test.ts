import { describe, expect, it } from 'vitest';
import { collect } from '../../support/collected.ts';
import { configuration, ingress, location, server } from '../../support/nginx-model.ts';

describe('app-root', () => {
  it.each([
    ['/app', '/app'],
    ['/app/$1', '/app/'],
    ['app', undefined],
    ['https://example.com/app', undefined],
    ['/app?x=1', undefined],
    ['', undefined],
    ['/$host', undefined],
  ])('"%s" redirects to %s', (value, path) => {
    const { servers } = collect(configuration([server('shop.example.com', [location(ingress('shop', { 'app-root': value }), '/')])]));
    expect(servers).toEqual(path === undefined ? {} : { 'shop.example.com': [{ kind: 'app-root', path }] });
  });

  it('is lost with a variable, and inert when it is no path', () => {
    const read = (value: string): readonly string[] => collect(configuration([server('shop.example.com', [location(ingress('shop', { 'app-root': value }), '/')])])).ledger;
    expect(read('/$host')).toEqual(['shop/app-root: lost app-root/variable']);
    expect(read('app')).toEqual(['shop/app-root: inert app-root/not-a-path']);
  });

  it('is that of the longest path, not of the oldest Ingress', () => {
    const older = ingress('older', { 'app-root': '/older' });
    const younger = ingress('younger', { 'app-root': '/younger' }, { 'shop.example.com': ['/longer'] });
    const { servers, ledger } = collect(configuration([server('shop.example.com', [location(younger, '/longer'), location(older, '/')], { ingresses: [older, younger] })]));
    expect(servers).toEqual({ 'shop.example.com': [{ kind: 'app-root', path: '/younger' }] });
    expect(ledger).toEqual(['older/app-root: inert app-root/shadowed', 'younger/app-root: translated']);
  });
});
