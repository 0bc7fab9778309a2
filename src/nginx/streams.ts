import { raise, type Finding, type Subject } from '../diagnostics/finding.ts';
import type { ConfigMap, Inventory } from '../model/inventory.ts';
import { objectKey } from '../model/object.ts';
import type { StreamService } from './configuration.ts';
import { aboutKey } from './controller-keys.ts';
import { nameOf } from './naming.ts';
import type { ControllerSettings } from './settings.ts';
import { codes } from './stream-codes.ts';
import { parseInteger } from './values.ts';

type Protocol = StreamService['protocol'];

/** Ports that the controller keeps for itself, with its own defaults. Source: getStreamServices in controller.go, and nginx.go. */
const reserved: ReadonlySet<number> = new Set([80, 443, 442, 8181, 10245, 10246, 10247, 10254]);
const usualNames: Readonly<Record<Protocol, readonly string[]>> = { TCP: ['tcp-services', 'ingress-nginx-tcp'], UDP: ['udp-services', 'ingress-nginx-udp'] };

interface Entry {
  readonly protocol: Protocol;
  readonly key: string;
  readonly value: string;
  readonly about: Subject;
}

type Read = { readonly service: StreamService } | { readonly finding: Finding };

/** The port of the Service: by its number or its name, never by its targetPort; undefined when the Service is not in the input. */
function portOf(inventory: Inventory, namespace: string, name: string, text: string, protocol: Protocol): number | 'missing' | undefined {
  const service = inventory.services.get(objectKey(namespace, name));
  const number = parseInteger(text);
  if (service === undefined) return number;
  return service.ports.find((port) => port.protocol === protocol && (number === undefined ? port.name === text : port.port === number))?.port ?? 'missing';
}

/** Source: getStreamServices in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go */
function readEntry({ protocol, key, value, about }: Entry, inventory: Inventory): Read {
  const ignored = (reason: string): Read => ({ finding: raise(codes, 'stream/ignored-entry', about, { port: key, value, protocol, reason }) });
  const port = parseInteger(key);
  if (port === undefined || port < 1 || port > 65_535) return ignored('the key is no port');
  if (reserved.has(port)) return ignored('the controller needs the port for itself');
  const [reference = '', text, decode = '', encode = '', ...rest] = value.split(':');
  const [namespace = '', name = '', ...more] = reference.split('/');
  if (text === undefined || namespace === '' || name === '' || more.length > 0) return ignored('the value is not namespace/service:port');
  const number = portOf(inventory, namespace, name, text, protocol);
  if (number === 'missing') return ignored(`Service ${reference} has no ${protocol} port ${text}`);
  if (number === undefined) return { finding: raise(codes, 'stream/port-unresolved', about, { protocol, port: key, name: text, service: reference }) };
  const says = (word: string): boolean => protocol === 'TCP' && word.toUpperCase() === 'PROXY';
  const proxyProtocol = { decode: says(decode), encode: rest.length === 0 && says(encode) };
  return { service: { protocol, port, backend: { namespace, name, port: number }, proxyProtocol, about } };
}

interface MapRead {
  readonly configMap?: ConfigMap | undefined;
  readonly findings: readonly Finding[];
}

/** The ConfigMap that the flag names, or where no flags are known one of the usual name. */
function mapOf(protocol: Protocol, inventory: Inventory, settings: ControllerSettings): MapRead {
  const flag = `--${protocol.toLowerCase()}-services-configmap`;
  const named = protocol === 'TCP' ? settings.tcpServices : settings.udpServices;
  if (named !== undefined) {
    const configMap = inventory.configMaps.get(objectKey(named.namespace, named.name));
    return { configMap, findings: configMap === undefined ? [raise(codes, 'stream/map-not-given', {}, { protocol, map: nameOf(named), flag })] : [] };
  }
  const flagsKnown = settings.sslPassthrough !== undefined;
  const found = flagsKnown ? undefined : inventory.configMaps.keys().find((key) => usualNames[protocol].includes(key.slice(key.indexOf('/') + 1)));
  const configMap = found === undefined ? undefined : inventory.configMaps.get(found);
  if (configMap === undefined || configMap.data.size === 0) return { findings: [] };
  const { ref, origin } = configMap;
  return { configMap, findings: [raise(codes, 'stream/assumed', { object: ref, origin }, { protocol, map: nameOf(ref), flag })] };
}

/** The ports that the controller passes through, TCP before UDP, by port. */
export function readStreams(inventory: Inventory, settings: ControllerSettings): { readonly value: readonly StreamService[]; readonly findings: readonly Finding[] } {
  const value: StreamService[] = [];
  const findings: Finding[] = [];
  for (const protocol of ['TCP', 'UDP'] as const) {
    const map = mapOf(protocol, inventory, settings);
    findings.push(...map.findings);
    const { configMap } = map;
    if (configMap === undefined) continue;
    const reads = [...configMap.data].map(([key, text]) => readEntry({ protocol, key, value: text, about: aboutKey(configMap, key) }, inventory));
    const services = reads.flatMap((read) => ('service' in read ? [read.service] : []));
    value.push(...services.sort((a, b) => a.port - b.port));
    findings.push(...reads.flatMap((read) => ('finding' in read ? [read.finding] : [])));
  }
  return { value, findings };
}
