import type { ProbeRequest } from '../outcome.ts';
import type { Attachment, HostListeners, ListenerTable } from './attach.ts';
import { coveringNames } from './hosts.ts';
import type { VerifyProfile } from './profile.ts';

/** Who answers for a host: the listeners whose settings count, and the routes that compete. */
export interface Candidates {
  readonly listeners: readonly HostListeners[];
  readonly attachments: readonly Attachment[];
}

const nothing: readonly Attachment[] = [];

/** Listeners are isolated: the one with the narrowest hostname takes the request, then the narrowest hostname of its routes. */
function narrowest(host: string, ofScheme: ReadonlyMap<string, HostListeners>): Candidates | undefined {
  for (const name of coveringNames(host)) {
    const found = ofScheme.get(name);
    if (found === undefined) continue;
    const narrow = [...coveringNames(host)].find((covering) => found.routes.has(covering)) ?? '';
    return { listeners: [found], attachments: found.routes.get(narrow) ?? nothing };
  }
  return undefined;
}

function every(host: string, ofScheme: ReadonlyMap<string, HostListeners>): Candidates {
  // A wildcard is an expression of these letters to Traefik (pkg/provider/kubernetes/gateway/httproute.go, buildHostRule).
  const names = [...coveringNames(host)].filter((name) => !name.startsWith('*') || /^[a-z0-9.-]+$/u.test(host));
  const listeners = [...ofScheme.values()];
  return { listeners, attachments: listeners.flatMap(({ routes }) => names.flatMap((name) => routes.get(name) ?? nothing)) };
}

type Choose = (host: string, scheme: ProbeRequest['scheme']) => Candidates | undefined;

/** Keeps the candidates of each host, so that their table is made once. `host` is in lower case. */
export function createChooser(listeners: ListenerTable, { hosts }: VerifyProfile): Choose {
  const known = new Map<string, Candidates | undefined>();
  return (host, scheme) => {
    const key = `${scheme}://${host}`;
    if (!known.has(key)) known.set(key, hosts === 'all' ? every(host, listeners[scheme]) : narrowest(host, listeners[scheme]));
    return known.get(key);
  };
}
