import { describe, expect, it } from 'vitest';
import { build, path, secret, service, toldOf, type Given, type World } from './given.ts';

const host = 'shop.example.com';
const told = (given: Given, world: World = { complete: true }) =>
  toldOf(build([given], { services: [service('web', [{ port: 80 }])], ...world })).filter(([code]) => code.startsWith('absent/')).map(([code, object, args]) => [code, object, args] as const);
const plain: Given = { rules: { [host]: [path('P /')] } };
const about = 'Ingress shop/web';
const key = (name: string): string => `nginx.ingress.kubernetes.io/${name}`;

describe('what is known not to exist', () => {
  it.each<[string, Given, readonly (readonly [string, Readonly<Record<string, string>>])[]]>([
    ['nothing', plain, []],
    ['a Service, once', { rules: { [host]: [path('P /', 'gone:80'), path('P /b', 'gone:81')] } }, [['service', { service: 'shop/gone', ingress: 'shop/web' }]]],
    ['the default backend', { ...plain, defaultBackend: 'gone:80' }, [['service', { service: 'shop/gone', ingress: 'shop/web' }]]],
    ['no resource', { ...plain, defaultBackend: 'resource' }, []],
    ['a certificate', { ...plain, tls: [{ hosts: [host, 'b.example.com'], secret: 'tls' }] }, [['certificate', { secret: 'shop/tls', ingress: 'shop/web', hosts: `${host}, b.example.com` }]]],
    ['a certificate for no host', { ...plain, tls: [{ hosts: [], secret: 'tls' }, { hosts: [host] }] }, [['certificate', { secret: 'shop/tls', ingress: 'shop/web', hosts: 'its hosts' }]]],
    ['the Secret of passwords', { ...plain, annotations: { 'auth-type': 'basic', 'auth-secret': 'users' } }, [['secret', { annotation: key('auth-secret'), secret: 'shop/users' }]]],
    ['no Secret of passwords that nobody asks for', { ...plain, annotations: { 'auth-secret': 'users' } }, []],
    ['the Secret of client certificates', { ...plain, annotations: { 'auth-tls-secret': 'shop/ca' } }, [['secret', { annotation: key('auth-tls-secret'), secret: 'shop/ca' }]]],
    ['the Secret for the backend', { ...plain, annotations: { 'proxy-ssl-secret': 'shop/ca' } }, [['secret', { annotation: key('proxy-ssl-secret'), secret: 'shop/ca' }]]],
    ['no Secret of an Ingress that is shut', { ...plain, annotations: { 'proxy-ssl-secret': 'shop/ca', 'denylist-source-range': 'x' } }, []],
    ['no Secret of a host that is shut', { ...plain, annotations: { 'proxy-ssl-secret': 'shop/ca', 'auth-tls-secret': 'x' } }, []],
  ])('is %s', (_, given, expected) => {
    expect(told(given)).toEqual(expected.map(([code, args]) => [`absent/${code}`, about, args]));
    expect(told(given, {})).toEqual([]);
  });

  it('is nothing that is there', () => {
    const annotations = { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-tls-secret': 'shop/ca', 'proxy-ssl-secret': 'shop/ca' };
    const secrets = [secret('users', ['auth']), secret('ca', ['ca.crt']), secret('tls', ['tls.crt', 'tls.key'])];
    expect(told({ ...plain, annotations, tls: [{ hosts: [host], secret: 'tls' }] }, { complete: true, secrets })).toEqual([]);
  });
});
