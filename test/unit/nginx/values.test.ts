import { describe, expect, it } from 'vitest';
import { parseNetwork, parseNetworks } from '../../../src/nginx/networks.ts';
import { hasVariable, parseBoolean, parseInteger, parseList, parseSizeBytes, parseUrl, readWord } from '../../../src/nginx/values.ts';

describe('values', () => {
  it('reads the booleans of Go and no others', () => {
    expect(['1', 't', 'T', 'TRUE', 'true', 'True'].map(parseBoolean)).toEqual(Array.from({ length: 6 }, () => true));
    expect(['0', 'f', 'F', 'FALSE', 'false', 'False'].map(parseBoolean)).toEqual(Array.from({ length: 6 }, () => false));
    expect(['yes', 'on', ' true', 'tRUE', ''].map(parseBoolean)).toEqual(Array.from({ length: 5 }, () => undefined));
  });

  it.each([
    ['10', 10],
    ['-1', -1],
    ['+3', 3],
    ['007', 7],
    ['1.5', undefined],
    ['10s', undefined],
    [' 1', undefined],
    ['99999999999999999999', undefined],
  ])('integer %j', (text, expected) => {
    expect(parseInteger(text)).toBe(expected);
  });

  it.each([
    ['8m', 'g', 8388608],
    ['1G', 'g', 1073741824],
    ['1g', 'm', undefined],
    ['10', 'g', 10],
    ['1.5m', 'g', undefined],
    ['1b', 'g', undefined],
  ] as const)('size %j up to %s', (text, largest, expected) => {
    expect(parseSizeBytes(text, largest)).toBe(expected);
  });

  it.each([
    ['10.98.0.1/24', '10.98.0.0/24'],
    ['192.168.1.1', '192.168.1.1/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8::1/32', '2001:db8::/32'],
    ['::ffff:1.2.3.4', '::ffff:102:304/128'],
    ['fe80::1%eth0', undefined],
    ['10.0.0.0/33', undefined],
    ['10.0.0', undefined],
    ['example.com', undefined],
  ])('network %j', (text, expected) => {
    expect(parseNetwork(text)).toBe(expected);
  });

  it('sorts networks and refuses a list with a hole', () => {
    expect(parseNetworks('10.1.0.0/16, 10.0.0.0/16,10.1.0.0/16')).toEqual(['10.0.0.0/16', '10.1.0.0/16']);
    expect(parseNetworks('10.0.0.0/16,')).toBeUndefined();
  });

  it.each([
    ['http://auth.svc:8080/x?y=z', 'auth.svc'],
    ['https://$host/oauth2/auth', '$host'],
    ['https://user@example.com', 'example.com'],
    ['http://[2001:db8::1]:80/', '[2001:db8::1]'],
    ['http://a..b/', undefined],
    ['http:///x', undefined],
    ['/path', undefined],
    ['http://x:port/', undefined],
    ['http://a b/', undefined],
    ['http://a/%zz', undefined],
  ])('URL %j', (text, expected) => {
    expect(parseUrl(text)?.host).toBe(expected);
  });

  it('tells variables from captures', () => {
    expect(['$host', '${host}', '$1', 'a$', 'x'].map(hasVariable)).toEqual([true, true, false, false, false]);
    expect(parseList(' a, ,b ')).toEqual(['a', 'b']);
  });
});

describe('readWord', () => {
  it.each([
    ['~*spam\\\\.example', '~*spam\\.example'],
    ['~*spam\\.example', '~*spam\\.example'],
    ['"Evil Crawler"', 'Evil Crawler'],
    ["'it\\'s'", "it's"],
  ])('%s is %s to nginx', (written, read) => {
    expect(readWord(written)).toBe(read);
  });
});
