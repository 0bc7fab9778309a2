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

/** Names every listener of the run. Rules of one namespace share one HTTP listener; with several, a listener admits just the owners of its host. */
export function tableOfListeners({ plan, onlyNamespace }: EmitContext): ListenerTable {
  const owners = httpOwners(plan.rules);
  const source = plan.listeners.find(({ protocol }) => protocol === 'HTTP');
  const http: readonly Nameless[] =
    onlyNamespace === undefined
      ? [...owners].map(([hostname, namespaces]) => ({ protocol: 'HTTP', hostname, namespaces: [...namespaces].sort(compareText), source: undefined }))
      : owners.size === 0 ? [] : [{ protocol: 'HTTP', hostname: '', namespaces: [onlyNamespace], source }];
  const secure = plan.listeners
    .filter(({ protocol }) => protocol !== 'HTTP')
    .map((listener): Nameless => ({
      protocol: listener.protocol,
      hostname: listener.hostname,
      namespaces: listener.namespaces,
      source: listener,
    }));
  const all = named([...http, ...secure]);
  const sharedHttp = onlyNamespace === undefined || http.length === 0 ? undefined : all[0];
  const byHost = new Map<string, EmittedListener[]>();
  for (const listener of sharedHttp === undefined ? all : all.slice(1)) {
    const known = byHost.get(listener.hostname);
    if (known === undefined) byHost.set(listener.hostname, [listener]);
    else known.push(listener);
  }
  return { sharedHttp, byHost };
}
