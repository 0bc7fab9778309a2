import type { Ingress } from '../model/ingress.ts';
import type { ObjectRef } from '../model/object.ts';
import { CATCH_ALL } from './configuration.ts';

/** `namespace/name`, or the name alone where the input states no namespace. */
export function nameOf({ namespace, name }: Pick<ObjectRef, 'namespace' | 'name'>): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** Names for a message: a host may have hundreds of Ingresses. */
export function namesOf(ingresses: readonly Ingress[]): string {
  return listOf(ingresses.map(({ ref }) => nameOf(ref)));
}

export function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 4);
  return names.length > shown.length ? `${shown.join(', ')} and ${String(names.length - shown.length)} more` : shown.join(', ');
}

export function countOf(ingresses: readonly Ingress[]): string {
  return ingresses.length === 1 ? '1 Ingress' : `${String(ingresses.length)} Ingresses`;
}

/** How a message calls a server. */
export function hostText(host: string): string {
  return host === CATCH_ALL ? 'unknown hosts' : host;
}

const hostname = /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const address = /^[0-9.]+$/;

/**
 * Whether a route can have the name: a DNS name with at most one leading `*.`, and no address; server-alias may hold others.
 * Source: Hostname in https://github.com/kubernetes-sigs/gateway-api/blob/main/apis/v1/shared_types.go
 */
export function isHostname(name: string): boolean {
  return hostname.test(name) && !address.test(name) && name.length <= 253;
}
