import { describe, expect, it } from 'vitest';
import { parseNetwork, parseNetworks } from '../../../src/nginx/networks.ts';
import { hasForm, hasVariable, isHeaderName, normaliseText, parseBoolean, parseInteger, parseList, parseSizeBytes, parseUrl, readWord } from '../../../src/nginx/values.ts';

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
    ['+-1', undefined],
    ['', undefined],
    ['x1', undefined],
    ['1\n', undefined],
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
    ['3k', 'm', 3072],
    ['3K', 'g', 3072],
    ['2M', 'm', 2097152],
    ['', 'g', undefined],
    ['m', 'g', undefined],
    ['x1m', 'g', undefined],
    ['1mm', 'g', undefined],
    ['99999999999999999999', 'g', undefined],
  ] as const)('size %j up to %s', (text, largest, expected) => {
    expect(parseSizeBytes(text, largest)).toBe(expected);
  });

  it.each([
    ['10.98.0.1/24', '10.98.0.0/24'],
    ['192.168.1.1', '192.168.1.1/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8::1/32', '2001:db8::/32'],
    ['::ffff:1.2.3.4', '1.2.3.4/32'],
    ['10.1.2.3/1', '0.0.0.0/1'],
    ['192.168.255.255/17', '192.168.128.0/17'],
    ['10.1.2.3/32', '10.1.2.3/32'],
    ['::', '::/128'],
    ['::1', '::1/128'],
    ['::/0', '::/0'],
    ['1::', '1::/128'],
    ['2001:0db8:0:0:1:0:0:1', '2001:db8::1:0:0:1/128'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1/128'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3/128'],
    ['2001:db8:ffff::1/33', '2001:db8:8000::/33'],
    ['::ffff:10.255.255.255/104', '10.0.0.0/8'],
    ['::ffff:10.1.2.3/95', '::fffe:0:0/95'],
    ['::192.168.0.1', '::c0a8:1/128'],
    ['::1/128', '::1/128'],
    ['::1/129', undefined],
    ['10.0.0.0/', undefined],
    ['10.0.0.0/8/8', undefined],
    ['10.0.0.0/0x8', undefined],
    ['10.0.0.0/-1', undefined],
    ['10.0.0.0/0008', undefined],
    ['10.0.0.0/+8', undefined],
    ['', undefined],
    ['1:2', undefined],
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
    ['http://a/%z', undefined],
    ['http://a/%41', 'a'],
    ['http://a/?x=%zz', 'a'],
    ['http://%zz/', undefined],
    ['http://a/\tb', undefined],
    ['http://a/\u007f', undefined],
    ['http://user:word@a/', 'a'],
    ['http://a@b@c/', 'c'],
    ['http://a:80', 'a'],
    ['http://a:/', 'a'],
    ['http://a?x', 'a'],
    ['http://a#x', 'a'],
    ['h2+x-1.0://a/', 'a'],
    ['1http://a/', undefined],
    ['://a/', undefined],
    ['xhttp//a', undefined],
    ['http://[::1', undefined],
    ['http://[::1]x/', undefined],
    ['http://a<b/', undefined],
    ['x http://a/', undefined],
  ])('URL %j', (text, expected) => {
    expect(parseUrl(text)?.host).toBe(expected);
  });

  it('splits a URL', () => {
    expect(parseUrl('HTTPS://user@Auth.shop.svc:8443/check?x=1')).toEqual({ scheme: 'https', authority: 'Auth.shop.svc:8443', host: 'Auth.shop.svc' });
  });

  it.each([
    ['  a b ', 'a b'],
    [' a \n  b ', 'a\nb'],
    ['\n', '\n'],
    ['', ''],
  ])('text %j is %j to the controller', (raw, expected) => {
    expect(normaliseText(raw)).toBe(expected);
  });

  it.each([
    ['a b', true],
    [' a', true],
    ['a1', false],
    ['a\nb', false],
    ['a\r', false],
  ])('%j has the form of letters: %s', (raw, expected) => {
    expect(hasForm(raw, /^[a-z\s]*$/)).toBe(expected);
  });

  it.each([
    ['X-Request_ID2', true],
    ['X Y', false],
    ['X:', false],
    [':X', false],
    ['', false],
  ])('%j is a header name: %s', (text, expected) => {
    expect(isHeaderName(text)).toBe(expected);
  });

  it('tells variables from captures', () => {
    expect(['$host', '${host}', '$_x', 'a$Z', '$1', 'a$', 'x', '{host}', '$-'].map(hasVariable)).toEqual([true, true, true, true, false, false, false, false, false]);
    expect(parseList(' a, ,b ')).toEqual(['a', 'b']);
  });
});

describe('readWord', () => {
  it.each([
    ['~*spam\\\\.example', '~*spam\\.example'],
    ['~*spam\\.example', '~*spam\\.example'],
    ['"Evil Crawler"', 'Evil Crawler'],
    ["'it\\'s'", "it's"],
    ['a\\tb\\rc\\nd', 'a\tb\rc\nd'],
    ['"a\\"b"', 'a"b'],
    ['"a\'', '"a\''],
    ['x"a"', 'x"a"'],
    ['"a"x', '"a"x'],
    ['""', ''],
  ])('%s is %s to nginx', (written, read) => {
    expect(readWord(written)).toBe(read);
  });
});
