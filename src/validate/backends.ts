import type { GatewayObject } from '../model/gateway.ts';
import type { Grants } from './grants.ts';
import type { ObjectIndex } from './object-index.ts';
import { gatewayOf, namespaceOf, routeOf, type Reference, type RouteFilterShape } from './shapes.ts';

export type AddProblem = (path: string, message: string) => void;

/** APIs whose objects gwmigrate writes itself: what a reference names must be in the output. */
const ownGroups = new Set(['gateway.envoyproxy.io']);

/** Asks for a grant across namespaces, and for the object itself where gwmigrate writes it. */
export function checkReference(from: GatewayObject, reference: Reference, defaults: { readonly group: string; readonly kind: string }, index: ObjectIndex, grants: Grants): string | undefined {
  const { group = defaults.group, kind = defaults.kind, namespace = namespaceOf(from), name } = reference;
  if (namespace !== namespaceOf(from) && !grants(from, { group, kind, namespace, name })) return `no ReferenceGrant in ${namespace} lets it name ${kind} ${name}`;
  if (ownGroups.has(group) && index.get(group, kind, namespace, name) === undefined) return `there is no ${kind} ${name}`;
  return undefined;
}

const service = { group: '', kind: 'Service' };
const secret = { group: '', kind: 'Secret' };

function filterProblems(route: GatewayObject, filters: readonly RouteFilterShape[], at: string, index: ObjectIndex, grants: Grants, add: AddProblem): void {
  for (const [i, { requestMirror, externalAuth, extensionRef }] of filters.entries()) {
    const backendRef = requestMirror?.backendRef ?? externalAuth?.backendRef;
    const problem = backendRef === undefined ? undefined : checkReference(route, backendRef, service, index, grants);
    if (problem !== undefined) add(`${at}.filters[${i}]`, problem);
    if (extensionRef === undefined) continue;
    const { group = '', kind = '', name } = extensionRef;
    if (index.get(group, kind, namespaceOf(route), name) === undefined) add(`${at}.filters[${i}].extensionRef`, `there is no ${kind} ${name} in the route's namespace`);
  }
}

/** Backends and filters of a route. */
export function backendProblems(route: GatewayObject, index: ObjectIndex, grants: Grants, add: AddProblem): void {
  for (const [i, { backendRefs = [], filters = [] }] of (routeOf(route).rules ?? []).entries()) {
    if (filters.length > 0) filterProblems(route, filters, `spec.rules[${i}]`, index, grants, add);
    for (const [j, ref] of backendRefs.entries()) {
      const problem = checkReference(route, ref, service, index, grants);
      if (problem !== undefined) add(`spec.rules[${i}].backendRefs[${j}]`, problem);
      if (ref.filters !== undefined) filterProblems(route, ref.filters, `spec.rules[${i}].backendRefs[${j}]`, index, grants, add);
    }
  }
}

/** Certificates, client CAs and parameters of a Gateway or ListenerSet. */
export function certificateProblems(gateway: GatewayObject, index: ObjectIndex, grants: Grants, add: AddProblem): void {
  const { listeners = [], tls, infrastructure } = gatewayOf(gateway);
  const check = (reference: Reference | undefined, defaults: typeof secret, path: string): void => {
    const problem = reference === undefined ? undefined : checkReference(gateway, reference, defaults, index, grants);
    if (problem !== undefined) add(path, problem);
  };
  for (const [i, listener] of listeners.entries()) {
    for (const [j, ref] of (listener.tls?.certificateRefs ?? []).entries()) check(ref, secret, `spec.listeners[${i}].tls.certificateRefs[${j}]`);
  }
  check(tls?.backend?.clientCertificateRef, secret, 'spec.tls.backend.clientCertificateRef');
  const frontends = [tls?.frontend?.default, ...(tls?.frontend?.perPort ?? []).map((entry) => entry.tls)];
  for (const ref of frontends.flatMap((frontend) => frontend?.validation?.caCertificateRefs ?? [])) check(ref, { group: '', kind: 'ConfigMap' }, 'spec.tls.frontend');
  check(infrastructure?.parametersRef, { group: '', kind: 'ConfigMap' }, 'spec.infrastructure.parametersRef');
}
