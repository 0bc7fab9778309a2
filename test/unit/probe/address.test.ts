import { describe, expect, it } from 'vitest';
import { addressText, authority, readAddress } from '../../../src/probe/address.ts';

describe('an address', () => {
  it.each([
    ['10.0.0.1', { host: '10.0.0.1', ports: { http: 80, https: 443 } }],
    ['10.0.0.1:8080', { host: '10.0.0.1', ports: { http: 8080, https: 443 } }],
    ['10.0.0.1:8080,8443', { host: '10.0.0.1', ports: { http: 8080, https: 8443 } }],
    ['lb.example.com:,8443', { host: 'lb.example.com', ports: { http: 80, https: 8443 } }],
    ['lb.example.com:-,8443', { host: 'lb.example.com', ports: { http: undefined, https: 8443 } }],
    ['localhost:8080,-', { host: 'localhost', ports: { http: 8080, https: undefined } }],
    ['[2001:db8::1]:8080', { host: '2001:db8::1', ports: { http: 8080, https: 443 } }],
    ['[::1]', { host: '::1', ports: { http: 80, https: 443 } }],
  ])('%s', (text, address) => {
    expect(readAddress(text)).toEqual(address);
  });

  it.each([[''], ['http://10.0.0.1'], ['10.0.0.1/x'], ['user@10.0.0.1'], ['10.0.0.1:80:443'], ['10.0.0.1:0'], ['10.0.0.1:65536'], ['::1'], ['[::1'], ['a b'], ['-x'], ['10.0.0.1:-,-'], ['$(id)']])('is not %j', (text) => {
    expect(readAddress(text)).toBeTypeOf('string');
  });

  it('is written as it was meant', () => {
    const address = { host: '2001:db8::1', ports: { http: 80, https: undefined } };
    expect(authority(address, 80)).toBe('[2001:db8::1]:80');
    expect(addressText(address)).toBe('2001:db8::1 (http 80, no https)');
  });
});
