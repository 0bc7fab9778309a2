import { compareText } from '../model/object.ts';
import type { LoweredListener, LoweredRule } from '../targets/lowered.ts';
import type { EmitContext } from './context.ts';
import { allocateNames, hostText, isCanonicalHost, longestLabel, type NameRequest } from './names.ts';

/** A listener with its name; which Gateway holds it is decided later. */
export interface EmittedListener {
  readonly name: string;
  readonly protocol: LoweredListener['protocol'] | 'TCP' | 'UDP';
  /** Of a TCP or UDP listener; the others have the usual one. */
  readonly port?: number;
  /** '' for none. */
  readonly hostname: string;
  readonly namespaces: readonly string[];
  /** Undefined for the HTTP listeners of single hosts. */
  readonly source: LoweredListener | undefined;
}

export interface ListenerTable {
  /** One HTTP listener without hostname serves every host; undefined: each host has its own, which admits its owners alone. */
  readonly sharedHttp: EmittedListener | undefined;
  /** One HTTPS listener without hostname, with the controller's default certificate: it answers unknown hosts, and hosts without a listener of their own. */
  readonly sharedHttps: EmittedListener | undefined;
  /** The other listeners of each hostname, HTTP before HTTPS. */
  readonly byHost: ReadonlyMap<string, readonly EmittedListener[]>;
}

type Nameless = Omit<EmittedListener, 'name'>;

const anyHost: readonly string[] = [''];

/** Hostnames as listeners see them: the catch-all has the one without name. */
export function listenerHosts(hostnames: readonly string[]): readonly string[] {
  return hostnames.length === 0 ? anyHost : hostnames;
}

/** Namespaces with rules on plain HTTP, by hostname. */
function httpOwners(rules: readonly LoweredRule[]): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Set<string>>();
  for (const rule of rules) {
    if (rule.listeners === 'https') continue;
    for (const hostname of listenerHosts(rule.hostnames)) {
      const known = owners.get(hostname);
      if (known === undefined) owners.set(hostname, new Set([rule.namespace]));
      else known.add(rule.namespace);
    }
  }
  return owners;
}

function listenerName({ protocol, hostname }: Nameless): NameRequest {
  const prefix = protocol.toLowerCase();
  return {
    scope: '',
    text: hostname === '' ? prefix : `${prefix}-${hostText(hostname)}`,
    key: `${protocol} ${hostname}`,
    canonical: isCanonicalHost(hostname),
  };
}

function named(listeners: readonly Nameless[]): readonly EmittedListener[] {
  const names = allocateNames(listeners.map(listenerName), longestLabel);
  return listeners.map((listener, index) => ({ ...listener, name: names[index] ?? '' }));
}

/** Gateways look no further than the narrowest listener of a name, so below a wildcard's a host needs its own. */
function isCovered(hostname: string, wildcards: ReadonlySet<string>): boolean {
  for (let dot = hostname.indexOf('.'); dot >= 0; dot = hostname.indexOf('.', dot + 1)) {
    const wildcard = `*${hostname.slice(dot)}`;
    if (wildcard !== hostname && wildcards.has(wildcard)) return true;
  }
  return false;
}

const hasNothingOfItsOwn = ({ policies, options, clientAuthority, gatewayAnnotations }: LoweredListener): boolean =>
  policies.length === 0 && options === undefined && clientAuthority === undefined && gatewayAnnotations.size === 0;

/**
 * HTTPS and TLS listeners. With the default certificate, hosts of the one namespace are left to the listener for every host; with several
 * namespaces each listener admits just the owners of its host, so there each host keeps its own.
 */
function secureListeners({ plan, onlyNamespace }: EmitContext): readonly LoweredListener[] {
  const secure = plan.listeners.filter(({ protocol }) => protocol !== 'HTTP');
  const catchAll = secure.find((listener) => listener.protocol === 'HTTPS' && listener.hostname === '' && hasNothingOfItsOwn(listener));
  if (catchAll === undefined || onlyNamespace === undefined) return secure;
  const candidates = new Set(secure.filter((listener) => listener !== catchAll && listener.isDefault === true && hasNothingOfItsOwn(listener)));
  const wildcards = new Set(secure.filter((listener) => !candidates.has(listener)).map(({ hostname }) => hostname));
  return secure.flatMap((listener) => {
    if (listener === catchAll) return [{ ...catchAll, namespaces: [onlyNamespace] }];
    return candidates.has(listener) && !isCovered(listener.hostname, wildcards) ? [] : [listener];
  });
}

/** Names every listener of the run. Rules of one namespace share one HTTP listener; with several, a listener admits just the owners of its host. */
export function tableOfListeners(context: EmitContext): ListenerTable {
  const { plan, onlyNamespace } = context;
  const owners = httpOwners(plan.rules);
  const source = plan.listeners.find(({ protocol }) => protocol === 'HTTP');
  const http: readonly Nameless[] =
    onlyNamespace === undefined
      ? [...owners].map(([hostname, namespaces]) => ({ protocol: 'HTTP', hostname, namespaces: [...namespaces].sort(compareText), source: undefined }))
      : owners.size === 0 ? [] : [{ protocol: 'HTTP', hostname: '', namespaces: [onlyNamespace], source }];
  const secure = secureListeners(context).map((listener): Nameless => ({ protocol: listener.protocol, hostname: listener.hostname, namespaces: listener.namespaces, source: listener }));
  const all = named([...http, ...secure]);
  const sharedHttp = onlyNamespace === undefined || http.length === 0 ? undefined : all[0];
  const sharedHttps = all.find(({ protocol, hostname, source: of }) => protocol === 'HTTPS' && hostname === '' && of !== undefined && hasNothingOfItsOwn(of));
  const byHost = new Map<string, EmittedListener[]>();
  for (const listener of all) {
    if (listener === sharedHttp || listener === sharedHttps) continue;
    const known = byHost.get(listener.hostname);
    if (known === undefined) byHost.set(listener.hostname, [listener]);
    else known.push(listener);
  }
  return { sharedHttp, sharedHttps, byHost };
}
