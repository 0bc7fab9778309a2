import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../../../src/input/cluster/proxy.ts';

const proxy = 'http://proxy.example.com:3128';

describe('the proxy of the environment', () => {
  it.each([
    ['https://api.example.com', { HTTPS_PROXY: proxy }, proxy],
    ['https://api.example.com', { https_proxy: proxy }, proxy],
    ['https://api.example.com', { HTTPS_PROXY: '', https_proxy: proxy }, proxy],
    ['https://api.example.com', { HTTPS_PROXY: 'proxy.example.com:3128' }, proxy],
    ['https://api.example.com', { HTTP_PROXY: proxy }, undefined],
    ['http://api.example.com', { HTTP_PROXY: proxy }, proxy],
    ['https://localhost:6443', { HTTPS_PROXY: proxy }, undefined],
    ['https://127.0.0.2:6443', { HTTPS_PROXY: proxy }, undefined],
    ['https://[::1]:6443', { HTTPS_PROXY: proxy }, undefined],
  ])('of %s with %j', (server, env, expected) => {
    expect(proxyFor(server, env)).toBe(expected);
  });

  // The cases are those of golang.org/x/net/http/httpproxy.
  it.each([
    ['https://10.1.2.3:6443', '10.0.0.0/8', true],
    ['https://11.1.2.3:6443', '10.0.0.0/8', false],
    ['https://10.1.2.3:6443', '10.1.2.3', true],
    ['https://10.1.2.3:6443', '10.1.2.3:6443', true],
    ['https://10.1.2.3:6443', '10.1.2.3:443', false],
    ['https://[fd00::5]:6443', 'fd00::/8', true],
    ['https://[fd00::5]:6443', 'fd00:0::5', true],
    ['https://[fd00::5]:6443', '[fd00::5]:6443', true],
    ['https://[fd00::5]:6443', '[fd00::5]:443', false],
    ['https://api.example.com', 'example.com', true],
    ['https://example.com', 'example.com', true],
    ['https://badexample.com', 'example.com', false],
    ['https://api.example.com', '.example.com', true],
    ['https://example.com', '.example.com', false],
    ['https://example.com', '*.example.com', false],
    ['https://api.example.com', '*.example.com', true],
    ['https://api.example.com', 'example.com:443', true],
    ['https://api.example.com:6443', 'example.com:443', false],
    ['https://API.example.com', ' other.org , Api.Example.com ', true],
    ['https://api.example.com', '*', true],
    ['https://api.example.com', ',, ,:443,10.0.0.0/99', false],
  ])('%s with NO_PROXY=%s: none %s', (server, exceptions, isExcepted) => {
    expect(proxyFor(server, { HTTPS_PROXY: proxy, no_proxy: exceptions })).toBe(isExcepted ? undefined : proxy);
  });
});
