import { rule, type Rule } from './define.ts';

interface ParentRef {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly sectionName?: string;
  readonly port?: number;
}

const parentOf = ({ group = 'gateway.networking.k8s.io', kind = 'Gateway', namespace = '', name }: ParentRef): string => `${group}/${kind}/${namespace}/${name}`;

/** Whether two references to one parent make `wrong` true. At most 32 references: pairs are cheap. */
function anyPair(refs: readonly ParentRef[], wrong: (a: ParentRef, b: ParentRef) => boolean): boolean {
  if (refs.length < 2) return false;
  const parents = refs.map(parentOf);
  return refs.some((a, i) => refs.some((b, j) => i < j && parents[i] === parents[j] && wrong(a, b)));
}

const sectionOf = ({ sectionName = '' }: ParentRef): string => sectionName;
const portOf = ({ port = 0 }: ParentRef): number => port;

/**
 * Several references to one parent. The standard channel tells them apart by sectionName alone, the experimental one by port as well.
 * Source: config/crd of https://github.com/kubernetes-sigs/gateway-api, `spec.parentRefs` of the routes.
 */
export const parentRefRules: readonly Rule[] = [
  rule<readonly ParentRef[]>(
    'parent-section-unstated',
    'sectionName must be specified when parentRefs includes 2 or more references to the same parent',
    (self) => anyPair(self, (a, b) => (sectionOf(a) === '') !== (sectionOf(b) === '')),
  ),
  rule<readonly ParentRef[]>(
    'parent-section-repeated',
    'sectionName must be unique when parentRefs includes 2 or more references to the same parent',
    (self) => anyPair(self, (a, b) => sectionOf(a) === sectionOf(b)),
  ),
  rule<readonly ParentRef[]>(
    'parent-section-or-port-unstated',
    'sectionName or port must be specified when parentRefs includes 2 or more references to the same parent',
    (self) => anyPair(self, (a, b) => (sectionOf(a) === '') !== (sectionOf(b) === '') || (portOf(a) === 0) !== (portOf(b) === 0)),
  ),
  rule<readonly ParentRef[]>(
    'parent-section-or-port-repeated',
    'sectionName or port must be unique when parentRefs includes 2 or more references to the same parent',
    (self) => anyPair(self, (a, b) => sectionOf(a) === sectionOf(b) && portOf(a) === portOf(b)),
  ),
];
