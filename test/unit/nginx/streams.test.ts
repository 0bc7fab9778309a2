import { describe, expect, it } from 'vitest';
import type { ConfigMap } from '../../../src/model/inventory.ts';
import { defaultSettings } from '../../../src/nginx/settings-read.ts';
import type { ControllerSettings } from '../../../src/nginx/settings.ts';
import { readStreams } from '../../../src/nginx/streams.ts';
import { configMap, inventory, service, type World } from './given.ts';

const named = (key: 'tcpServices' | 'udpServices', name = 'ports'): Partial<ControllerSettings> => ({ [key]: { namespace: 'shop', name } });
const tcp = named('tcpServices');
const udp = named('udpServices');

function read(configMaps: readonly ConfigMap[], settings: Partial<ControllerSettings> = tcp, world: World = {}): { readonly ports: readonly string[]; readonly told: readonly unknown[] } {
  const { value, findings } = readStreams(inventory([], { ...world, configMaps }), { ...defaultSettings, ...settings });
  const words = (decode: boolean, encode: boolean): string => `${decode ? ' decode' : ''}${encode ? ' encode' : ''}`;
  return {
    ports: value.map(({ protocol, port, backend, proxyProtocol }) => `${protocol} ${port} ${backend.namespace}/${backend.name}:${backend.port}${words(proxyProtocol.decode, proxyProtocol.encode)}`),
    told: findings.map(({ code, object, args }) => [code, object?.name ?? '', args]),
  };
}

/** Source: getStreamServices in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go */
describe('an entry of the ConfigMap of ports', () => {
  it.each([
    ['5432', 'shop/db:5432', 'TCP 5432 shop/db:5432'],
    ['1', 'shop/db:5432', 'TCP 1 shop/db:5432'],
    ['65535', 'shop/db:5432', 'TCP 65535 shop/db:5432'],
    ['5432', 'shop/db:5432:PROXY', 'TCP 5432 shop/db:5432 decode'],
    ['5432', 'shop/db:5432::proxy', 'TCP 5432 shop/db:5432 encode'],
    ['5432', 'shop/db:5432:PROXY:PROXY', 'TCP 5432 shop/db:5432 decode encode'],
    ['5432', 'shop/db:5432:PROXY:PROXY:x', 'TCP 5432 shop/db:5432 decode'],
    ['5432', 'shop/db:5432:yes:no', 'TCP 5432 shop/db:5432'],
  ])('%s: %s', (key, value, expected) => {
    expect(read([configMap('ports', { [key]: value })])).toEqual({ ports: [expected], told: [] });
  });

  it('of UDP knows no PROXY protocol', () => {
    expect(read([configMap('ports', { '53': 'shop/dns:53:PROXY:PROXY' })], udp)).toEqual({ ports: ['UDP 53 shop/dns:53'], told: [] });
  });

  it.each([
    ['x', 'shop/db:5432', 'the key is no port'],
    ['0', 'shop/db:5432', 'the key is no port'],
    ['65536', 'shop/db:5432', 'the key is no port'],
    ...['80', '443', '442', '8181', '10245', '10246', '10247', '10254'].map((port) => [port, 'shop/db:5432', 'the controller needs the port for itself']),
    ['5432', 'shop/db', 'the value is not namespace/service:port'],
    ['5432', 'db:5432', 'the value is not namespace/service:port'],
    ['5432', '/db:5432', 'the value is not namespace/service:port'],
    ['5432', 'shop/:5432', 'the value is not namespace/service:port'],
    ['5432', 'shop/db/x:5432', 'the value is not namespace/service:port'],
  ])('%s: %s is told: %s', (key = '', value = '', reason) => {
    const told = [['stream/ignored-entry', 'ports', { port: key, value, protocol: 'TCP', reason }]];
    expect(read([configMap('ports', { [key]: value })])).toEqual({ ports: [], told });
  });

  const services = [service('db', [{ name: 'sql', port: 5432, targetPort: 15432 }, { name: 'dns', port: 53, protocol: 'UDP' }])];

  it.each([
    ['sql', 'TCP 7000 shop/db:5432', undefined],
    ['5432', 'TCP 7000 shop/db:5432', undefined],
    ['15432', undefined, 'Service shop/db has no TCP port 15432'],
    ['dns', undefined, 'Service shop/db has no TCP port dns'],
    ['53', undefined, 'Service shop/db has no TCP port 53'],
  ])('names port %s of the Service', (port, expected, reason) => {
    const value = `shop/db:${port}`;
    expect(read([configMap('ports', { '7000': value })], tcp, { services })).toEqual({
      ports: expected === undefined ? [] : [expected],
      told: reason === undefined ? [] : [['stream/ignored-entry', 'ports', { port: '7000', value, protocol: 'TCP', reason }]],
    });
  });

  it('names a port that only the Service would tell', () => {
    expect(read([configMap('ports', { '7000': 'shop/db:sql' })])).toEqual({ ports: [], told: [['stream/port-unresolved', 'ports', { protocol: 'TCP', port: '7000', name: 'sql', service: 'shop/db' }]] });
  });

  it('is one of several, in the order of their ports, TCP first', () => {
    const maps = [configMap('ports', { '7000': 'shop/b:1', '900': 'shop/a:1' }), configMap('dns', { '53': 'shop/dns:53' })];
    expect(read(maps, { ...named('udpServices', 'dns'), ...tcp }).ports).toEqual(['TCP 900 shop/a:1', 'TCP 7000 shop/b:1', 'UDP 53 shop/dns:53']);
  });
});

describe('the ConfigMap of ports', () => {
  const entries = { '5432': 'shop/db:5432' };
  const ports = ['TCP 5432 shop/db:5432'];

  it('is the one that the flag names', () => {
    expect(read([], tcp)).toEqual({ ports: [], told: [['stream/map-not-given', '', { protocol: 'TCP', map: 'shop/ports', flag: '--tcp-services-configmap' }]] });
    expect(read([], udp).told).toEqual([['stream/map-not-given', '', { protocol: 'UDP', map: 'shop/ports', flag: '--udp-services-configmap' }]]);
  });

  it.each([
    ['tcp-services', 'TCP', '--tcp-services-configmap'],
    ['ingress-nginx-tcp', 'TCP', '--tcp-services-configmap'],
    ['udp-services', 'UDP', '--udp-services-configmap'],
    ['ingress-nginx-udp', 'UDP', '--udp-services-configmap'],
  ])('is assumed to be %s where no flags are known', (name, protocol, flag) => {
    const assumed = read([configMap(name, entries)], {});
    expect(assumed).toEqual({ ports: [`${protocol} 5432 shop/db:5432`], told: [['stream/assumed', name, { protocol, map: `shop/${name}`, flag }]] });
    expect(read([configMap(name, entries)], { sslPassthrough: false })).toEqual({ ports: [], told: [] });
  });

  it('is none of another name, nor an empty one', () => {
    expect(read([configMap('ports', entries), configMap('tcp-services', {})], {})).toEqual({ ports: [], told: [] });
    expect(read([configMap('ports', entries)]).ports).toEqual(ports);
  });
});
