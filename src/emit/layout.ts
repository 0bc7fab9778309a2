import type { LoweredPlan } from '../targets/lowered.ts';
import { limits } from './constants.ts';
import type { EmitContext } from './context.ts';
import { listenerHosts, tableOfListeners, type EmittedListener, type ListenerTable } from './listeners.ts';
import { allocateNames, longestLabel } from './names.ts';

export interface GatewayPlan {
  readonly name: string;
  readonly listeners: readonly EmittedListener[];
  /** Hostnames it serves, '' for the catch-all. */
  readonly hostnames: readonly string[];
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

/** Numbered names: `shared-gateway`, `shared-gateway-2`. */
function gatewayNames(name: string, count: number): readonly string[] {
  const requests = Array.from({ length: count }, (_, index) => {
    const text = index === 0 ? name : `${name}-${index + 1}`;
    return { scope: '', text, key: text, canonical: true };
  });
  return count === 1 ? [name] : allocateNames(requests, Math.max(longestLabel, name.length));
}

/** One Gateway for everything, or as many as the limit of 64 listeners makes necessary. */
export function layOut(context: EmitContext): Layout {
  const table = tableOfListeners(context);
  const shards = packUnits(unitsOf(context.plan), table);
  const names = gatewayNames(context.gateway.name, shards.length);
  const places = new Map<string, HostPlaces>();
  const [first, last] = [table.sharedHttp, table.sharedHttps].map((listener) => (listener === undefined ? [] : [listener]));
  const gateways = shards.map((hostnames, index): GatewayPlan => {
    const name = names[index] ?? '';
    const own = hostnames.map((hostname) => table.byHost.get(hostname) ?? []);
    hostnames.forEach((hostname, at) => {
      const find = (protocol: EmittedListener['protocol']): EmittedListener | undefined => own[at]?.find((listener) => listener.protocol === protocol);
      places.set(hostname, { gateway: name, http: table.sharedHttp ?? find('HTTP'), https: find('HTTPS') ?? table.sharedHttps, tls: find('TLS') });
    });
    return { name, hostnames, listeners: [...(first ?? []), ...own.flat(), ...(last ?? [])] };
  });
  return { gateways: gateways.filter(({ listeners }) => listeners.length > 0), places };
}
