import { describe, expect, it } from 'vitest';
import { collect, type Collected } from '../../support/collected.ts';
import { configuration, ingress, location, server } from '../../support/nginx-model.ts';

function read(annotations: Readonly<Record<string, string>>): Collected & { readonly intents: unknown } {
  const shop = ingress('shop', annotations);
  const result = collect(configuration([server('shop.example.com', [location(shop, '/')])]));
  return { ...result, intents: result.locations['shop.example.com /'] };
}

const to = (status: number, location_ = 'https://new.example.com/x'): unknown => [{ kind: 'redirect', status, location: location_ }];
const url = 'https://new.example.com/x';

describe('the redirect annotations', () => {
  it.each<[Readonly<Record<string, string>>, unknown]>([
    [{ 'permanent-redirect': url }, to(301)],
    [{ 'permanent-redirect': url, 'permanent-redirect-code': '308' }, to(308)],
    [{ 'permanent-redirect': url, 'permanent-redirect-code': '200' }, to(301)],
    [{ 'temporal-redirect': url }, to(302)],
    [{ 'temporal-redirect': url, 'temporal-redirect-code': '307' }, to(307)],
    [{ 'temporal-redirect': url, 'temporal-redirect-code': '301' }, to(301)],
    [{ 'temporal-redirect': url, 'temporal-redirect-code': '308' }, to(302)],
    [{ 'temporal-redirect': url, 'permanent-redirect': 'https://other.example.com' }, to(302)],
    [{ 'permanent-redirect': '/rel' }, to(301, '/rel')],
    [{ 'permanent-redirect': 'ftp://files.example.com' }, to(301, 'ftp://files.example.com')],
    [{ 'permanent-redirect': 'new.example.com' }, to(301, '/new.example.com')],
    [{ 'temporal-redirect': '/rel' }, []],
    [{ 'temporal-redirect': '/rel', 'permanent-redirect': url }, []],
    [{ 'temporal-redirect': 'https://new.example.com:port/', 'permanent-redirect': url }, []],
    [{ 'temporal-redirect': 'HTTP://new.example.com:8080/' }, to(302, 'HTTP://new.example.com:8080/')],
    [{ 'permanent-redirect': '' }, []],
    [{ 'permanent-redirect': url, 'permanent-redirect-code': '' }, []],
    [{ 'permanent-redirect': url, 'from-to-www-redirect': '' }, []],
    [{ 'permanent-redirect-code': '308' }, []],
  ])('%o', (annotations, intents) => {
    expect(read(annotations).intents).toEqual(intents);
  });

  it.each<[Readonly<Record<string, string>>, readonly string[]]>([
    [
      { 'temporal-redirect': url, 'permanent-redirect': url, 'permanent-redirect-code': '301' },
      [
        'shop/permanent-redirect: inert redirect/temporal-wins',
        'shop/permanent-redirect-code: inert redirect/temporal-wins',
        'shop/temporal-redirect: translated',
      ],
    ],
    [{ 'temporal-redirect-code': '307' }, ['shop/temporal-redirect-code: inert redirect/no-target']],
    [
      { 'permanent-redirect': url, 'permanent-redirect-code': '200' },
      ['shop/permanent-redirect: translated', 'shop/permanent-redirect-code: inert redirect/code-out-of-range'],
    ],
    [
      { 'permanent-redirect': url, 'permanent-redirect-code': '300' },
      ['shop/permanent-redirect: translated', 'shop/permanent-redirect-code: approximated redirect/code-without-location'],
    ],
    [{ 'permanent-redirect': 'new.example.com' }, ['shop/permanent-redirect: approximated redirect/target-without-scheme']],
    [{ 'temporal-redirect': '/rel' }, ['shop/temporal-redirect: inert redirect/group-ignored']],
    [{ 'relative-redirects': 'true' }, ['shop/relative-redirects: approximated redirect/relative']],
    [{ 'relative-redirects': 'false' }, ['shop/relative-redirects: inert redirect/relative-off']],
  ])('books %o', (annotations, ledger) => {
    expect(read(annotations).ledger).toEqual(ledger);
  });
});
