import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnostics/finding.ts';
import type { EffectiveConfiguration } from '../../../src/nginx/configuration.ts';
import { verifyProfileOf } from '../../../src/verify/gateway/profile.ts';
import { verifyRequests } from '../../../src/verify/verify.ts';
import { build, configMap, inventory, type Given, type Options } from '../nginx/given.ts';
import { shop } from './ask.ts';
import { gateway, http, https, prefix, request, route, rule } from './gateway-objects.ts';

const objects = [gateway(http, https('h.test')), route('r', ['h.test'], [rule(prefix('/foo'), 'web')])];
const addHeaders = [configMap('headers', { 'X-A': '1' })];

function differing(given: Given, urls: readonly string[], options: Options = {}, said: (configuration: EffectiveConfiguration) => readonly Finding[] = () => []): ReturnType<typeof verifyRequests> {
  const configuration = build([given], options);
  return verifyRequests({ configuration, inventory: inventory([], { configMaps: addHeaders }), objects, profile: verifyProfileOf('envoy-gateway', 'shop'), findings: said(configuration) }, urls.map((url) => request(url)));
}

describe('a verification', () => {
  it('counts what is equal and tells what is not, in the order of the requests', () => {
    const { requests, equal, divergences } = differing(shop({}, 'P /foo', 'P /bar'), ['http://h.test/bar', 'http://h.test/foo', 'http://h.test/bar/x']);
    expect([requests, equal, divergences.map((one) => [one.request.target, one.aspects, one.explainedBy])]).toEqual([3, 1, [['/bar', ['refused'], []], ['/bar/x', ['refused'], []]]]);
  });

  it('asks findings why', () => {
    const lost = ({ ingresses }: EffectiveConfiguration): readonly Finding[] => [
      { code: 'basic-auth/lost', entry: { fidelity: 'lost', risk: 'security', what: '', why: '', do: '' }, args: {}, object: ingresses[0]?.ref, origin: undefined },
    ];
    const explained = (url: string): readonly (readonly string[])[] => differing(shop({}, 'P /bar'), [url], {}, lost).divergences.map(({ explainedBy }) => explainedBy);
    expect(explained('http://h.test/bar'), 'a closed rule answers 500, not 404').toEqual([[]]);
  });

  it.each<[string, Given, string, Options, readonly string[]]>([
    ['what nginx hands on unopened', shop({ 'ssl-passthrough': 'true' }, 'P /'), 'https://h.test/other', {}, ['refused']],
    ['headers that an Ingress names', shop({ 'custom-headers': 'shop/headers' }), 'http://h.test/foo', {}, ['response-header x-a']],
    ['headers that the controller names', shop(), 'http://h.test/foo', { settings: { raw: new Map([['add-headers', 'shop/headers']]) } }, ['response-header x-a']],
    ['headers that nobody names', shop(), 'https://h.test/foo', {}, ['response-header strict-transport-security']],
  ])('knows %s', (_, given, url, options, aspects) => {
    expect(differing(given, [url], options).divergences.map((one) => one.aspects)).toEqual([aspects]);
  });
});
