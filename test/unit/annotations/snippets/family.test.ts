import { describe, expect, it } from 'vitest';
import { snippets } from '../../../../src/annotations/snippets.ts';
import { collect } from '../../../support/collected.ts';
import { configuration, ingress, location, server, settings } from '../../../support/nginx-model.ts';
import { protections } from '../../../support/protections.ts';

const allowed = { settings: { allowSnippets: true } };
const text = 'limit_req zone=a;';
const url = { 'auth-url': 'https://auth.example.com/' };

describe('snippets', () => {
  it.each([
    ['configuration-snippet', {}, { context: 'location', directive: 'limit_req', protective: true }],
    ['server-snippet', {}, { context: 'server', directive: 'limit_req', protective: true }],
    ['auth-snippet', url, { context: 'auth', directive: 'limit_req', protective: true }],
    ['stream-snippet', {}, { context: 'stream', directive: 'limit_req', protective: false }],
    ['modsecurity-snippet', { 'enable-modsecurity': 'true' }, { context: 'modsecurity', directive: 'limit_req', protective: true }],
  ])('names what is lost of %s', (name, others, expected) => {
    const { intents, ledger } = protections(snippets, { [name]: text, ...others }, allowed);
    expect(intents.filter(({ kind }) => kind === 'snippet')).toEqual([{ kind: 'snippet', line: 1, ...expected }]);
    expect(ledger).toEqual([`shop/${name}: translated`]);
  });

  it.each([
    ['the controller allows none', { 'configuration-snippet': text }, { settings: { allowSnippets: false } }, 'configuration-snippet: inert snippets/not-allowed'],
    ['the controller allows none for the host', { 'server-snippet': text }, { settings: { allowSnippets: false } }, 'server-snippet: inert snippets/not-allowed'],
    ['it is blank', { 'configuration-snippet': ' \n' }, allowed, 'configuration-snippet: inert snippets/empty'],
    ['no service is asked', { 'auth-snippet': text }, allowed, 'auth-snippet: inert snippets/auth-without-url'],
    ['the check is switched off', { 'auth-snippet': text, ...url, 'auth-always-set-cookie': 'on' }, allowed, 'auth-snippet: inert snippets/auth-without-url'],
    ['ModSecurity is off', { 'modsecurity-snippet': text }, allowed, 'modsecurity-snippet: inert snippets/modsecurity-off'],
    [
      'ModSecurity is off here',
      { 'modsecurity-snippet': text, 'enable-modsecurity': 'false' },
      { settings: { allowSnippets: true, raw: new Map([['enable-modsecurity', 'true']]) } },
      'modsecurity-snippet: inert snippets/modsecurity-off',
    ],
  ])('drops a snippet when %s', (_name, annotations, more, line) => {
    const { intents, ledger } = protections(snippets, annotations, more);
    expect(intents.filter(({ kind }) => kind === 'snippet')).toEqual([]);
    expect(ledger).toContain(`shop/${line}`);
  });

  it('takes ModSecurity from the controller', () => {
    const more = { settings: { allowSnippets: true, raw: new Map([['enable-modsecurity', 'true']]) } };
    expect(protections(snippets, { 'modsecurity-snippet': text }, more).intents).toMatchObject([{ context: 'modsecurity' }]);
  });

  it('assumes that snippets are allowed, and says so', () => {
    const { intents, codes } = protections(snippets, { 'configuration-snippet': text });
    expect(intents).toHaveLength(1);
    expect(codes).toEqual(['snippets/assumed-active']);
  });

  it("carries the host's snippet to the paths of all its Ingresses", () => {
    const [one, two, three] = [ingress('one', {}), ingress('two', { 'server-snippet': text }), ingress('three', { 'server-snippet': 'etag on;' })];
    const host = server('shop.example.com', [location(one, '/'), location(two, '/b'), location(three, '/c')]);
    const other = server('blog.example.com', [location(one, '/blog')]);
    const { locations, ledger } = collect(configuration([host, other], { settings: { ...settings, allowSnippets: true } }), undefined, [snippets]);
    const ofHost = [{ kind: 'snippet', context: 'server', directive: 'limit_req', line: 1, protective: true }];
    expect(locations).toEqual({ 'shop.example.com /': ofHost, 'shop.example.com /b': ofHost, 'shop.example.com /c': ofHost, 'blog.example.com /blog': [] });
    expect(ledger).toEqual(['two/server-snippet: translated', 'three/server-snippet: inert snippets/host-taken']);
  });

  it('accounts for a host snippet whose Ingress serves no path itself', () => {
    const [one, two] = [ingress('one', {}), ingress('two', { 'server-snippet': text })];
    const host = server('shop.example.com', [location(one, '/')], { ingresses: [one, two] });
    const { locations, ledger } = collect(configuration([host], { settings: { ...settings, allowSnippets: true } }), undefined, [snippets]);
    expect(locations['shop.example.com /']).toMatchObject([{ directive: 'limit_req', protective: true }]);
    expect(ledger).toEqual(['two/server-snippet: approximated snippets/only-on-others']);
  });
});
