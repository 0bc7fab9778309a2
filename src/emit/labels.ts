import type { Ingress } from '../model/ingress.ts';

/**
 * Labels by which a tool finds the objects it made. On an object it did not make they would be a lie, and Argo CD would even delete it
 * (https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/).
 */
const bookkeeping: ReadonlySet<string> = new Set(['app.kubernetes.io/managed-by', 'helm.sh/chart', 'chart', 'heritage', 'skaffold.dev/run-id', 'objectset.rio.cattle.io/hash']);
const bookkeepingPrefixes: readonly string[] = ['argocd.argoproj.io/', 'kustomize.toolkit.fluxcd.io/', 'helm.toolkit.fluxcd.io/', 'velero.io/'];

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const labelKey = /^(?:(?=.{1,253}\/)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

function isCarried(key: string, value: string): boolean {
  if (bookkeeping.has(key) || bookkeepingPrefixes.some((prefix) => key.startsWith(prefix))) return false;
  return labelKey.test(key) && labelValue.test(value);
}

const noLabels: ReadonlyMap<string, string> = new Map();

function carriedLabels({ labels }: Ingress): ReadonlyMap<string, string> {
  return labels.size === 0 ? noLabels : new Map([...labels].filter(([key, value]) => isCarried(key, value)));
}

/** Labels that all Ingresses behind a route agree on. */
export type Labeller = (ingresses: ReadonlySet<Ingress>) => ReadonlyMap<string, string>;

export function createLabeller(): Labeller {
  const carried = new Map<Ingress, ReadonlyMap<string, string>>();
  const labelsOf = (ingress: Ingress): ReadonlyMap<string, string> => {
    let labels = carried.get(ingress);
    if (labels === undefined) carried.set(ingress, (labels = carriedLabels(ingress)));
    return labels;
  };
  return (ingresses) => {
    const [first, ...others] = ingresses;
    if (first === undefined) return noLabels;
    const labels = labelsOf(first);
    if (others.length === 0 || labels.size === 0) return labels;
    return new Map([...labels].filter(([key, value]) => others.every((other) => labelsOf(other).get(key) === value)));
  };
}
