import type { LoweredListener, LoweredPlan } from '../targets/lowered.ts';
import { compareText } from '../model/object.ts';
import { limits } from './constants.ts';
import type { EmitContext } from './context.ts';
import { listenerHosts, tableOfListeners, type EmittedListener, type ListenerTable } from './listeners.ts';
import { allocateNames, longestLabel } from './names.ts';

export interface GatewayPlan {
  readonly name: string;
  readonly listeners: readonly EmittedListener[];
  /** Hostnames it serves, '' for the catch-all. */
  readonly hostnames: readonly string[];
  /** ConfigMap with the authority of the client certificates that all of its HTTPS listeners ask for. */
  readonly clientAuthority?: NonNullable<LoweredListener['clientAuthority']>;
}

/** Where the routes of a hostname attach. */
export interface HostPlaces {
  readonly gateway: string;
  readonly http: EmittedListener | undefined;
  readonly https: EmittedListener | undefined;
  readonly tls: EmittedListener | undefined;
}

export interface Layout {
  readonly gateways: readonly GatewayPlan[];
  readonly places: ReadonlyMap<string, HostPlaces>;
}

/** Hostnames that belong together (a host and its aliases), each once, in the order of the plan. */
function unitsOf({ rules, listeners }: LoweredPlan): readonly (readonly string[])[] {
  const seen = new Set<string>();
  const units: string[][] = [];
  let last: readonly string[] | undefined;
  const add = (hostnames: readonly string[]): void => {
    const fresh = hostnames.filter((hostname) => !seen.has(hostname));
    if (fresh.length === 0) return;
    for (const hostname of fresh) seen.add(hostname);
    units.push(fresh);
  };
  for (const { hostnames } of rules) {
    if (hostnames === last) continue;
    last = hostnames;
    add(listenerHosts(hostnames));
  }
  for (const { hostname, protocol } of listeners) if (protocol !== 'HTTP') add([hostname]);
  return units;
}

/** Fills Gateways one after the other; hosts that belong together stay together unless they are too many for one. */
function packUnits(units: readonly (readonly string[])[], { byHost, sharedHttp, sharedHttps }: ListenerTable): readonly (readonly string[])[] {
  const capacity = limits.listeners - (sharedHttp === undefined ? 0 : 1) - (sharedHttps === undefined ? 0 : 1);
  const sizeOf = (hostnames: readonly string[]): number => hostnames.reduce((sum, hostname) => sum + (byHost.get(hostname)?.length ?? 0), 0);
  const first: string[] = [];
  const shards: string[][] = [first];
  let current = first;
  let used = 0;
  for (const unit of units.flatMap((hostnames) => (sizeOf(hostnames) > capacity ? hostnames.map((hostname) => [hostname]) : [hostnames]))) {
    const size = sizeOf(unit);
    // Without a listener of its own a host needs no room and no further address.
    if (size === 0) {
      first.push(...unit);
      continue;
    }
    if (used + size > capacity) {
      current = [];
      shards.push(current);
      used = 0;
    }
    current.push(...unit);
    used += size;
  }
  return shards;
}

/** Hosts that may share a Gateway: those without client certificates, then those of each authority. */
interface Party {
  readonly clientAuthority: GatewayPlan['clientAuthority'];
  readonly units: readonly (readonly string[])[];
}

function partiesOf(plan: LoweredPlan): readonly Party[] {
  const authorities = new Map(plan.listeners.flatMap(({ hostname, clientAuthority }) => (clientAuthority === undefined ? [] : [[hostname, clientAuthority] as const])));
  const parties = new Map<string, { readonly clientAuthority: GatewayPlan['clientAuthority']; readonly units: (readonly string[])[] }>();
  for (const unit of unitsOf(plan)) {
    const clientAuthority = unit.map((hostname) => authorities.get(hostname)).find((authority) => authority !== undefined);
    const key = clientAuthority === undefined ? '' : `${clientAuthority.namespace}/${clientAuthority.name}`;
    const known = parties.get(key);
    if (known === undefined) parties.set(key, { clientAuthority, units: [unit] });
    else known.units.push(unit);
  }
  return [...parties].sort(([a], [b]) => compareText(a, b)).map(([, party]) => party);
}

/** Numbered names: `shared-gateway`, `shared-gateway-2`; of further parties `shared-gateway-AUTHORITY`. The only party has the plain name. */
function gatewayNames(name: string, counted: readonly { readonly party: Party; readonly count: number }[]): readonly string[] {
  const requests = counted.flatMap(({ party: { clientAuthority }, count }) => {
    const stem = clientAuthority === undefined || counted.length === 1 ? name : `${name}-${clientAuthority.name.replaceAll('.', '-')}`;
    const key = clientAuthority === undefined ? '' : ` ${clientAuthority.namespace}`;
    return Array.from({ length: count }, (_, index) => {
      const text = index === 0 ? stem : `${stem}-${index + 1}`;
      return { scope: '', text, key: `${text}${key}`, canonical: text === name };
    });
  });
  return requests.length === 1 ? [name] : allocateNames(requests, Math.max(longestLabel, name.length));
}

/** One Gateway for everything, but one for each authority of client certificates, or as many as the limit of 64 listeners makes necessary. */
export function layOut(context: EmitContext): Layout {
  const table = tableOfListeners(context);
  const parties = partiesOf(context.plan).map((party) => ({ party, shards: packUnits(party.units, table) }));
  const names = gatewayNames(context.gateway.name, parties.map(({ party, shards }) => ({ party, count: shards.length })));
  const places = new Map<string, HostPlaces>();
  const shards = parties.flatMap(({ party: { clientAuthority }, shards: ofParty }) => ofParty.map((hostnames) => ({ hostnames, clientAuthority })));
  const gateways = shards.map(({ hostnames, clientAuthority }, index): GatewayPlan => {
    const name = names[index] ?? '';
    const own = hostnames.map((hostname) => table.byHost.get(hostname) ?? []);
    // Whoever asks for client certificates has a certificate for each of its hosts, and answers no others.
    const https = clientAuthority === undefined ? table.sharedHttps : undefined;
    hostnames.forEach((hostname, at) => {
      const find = (protocol: EmittedListener['protocol']): EmittedListener | undefined => own[at]?.find((listener) => listener.protocol === protocol);
      places.set(hostname, { gateway: name, http: table.sharedHttp ?? find('HTTP'), https: find('HTTPS') ?? https, tls: find('TLS') });
    });
    const listeners = [table.sharedHttp, ...own.flat(), https].filter((listener) => listener !== undefined);
    return { name, hostnames, listeners, ...(clientAuthority === undefined ? {} : { clientAuthority }) };
  });
  return { gateways: gateways.filter(({ listeners }) => listeners.length > 0), places };
}
