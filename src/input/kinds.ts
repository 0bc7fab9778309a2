/** Kinds that the inventory holds. Everything else is counted and passed over. */
const inventoryKinds = ['Ingress', 'IngressClass', 'Service', 'Secret', 'ConfigMap', 'Namespace', 'Deployment', 'DaemonSet'] as const;
export type InventoryKind = (typeof inventoryKinds)[number];

const groups: Readonly<Record<InventoryKind, RegExp>> = {
  Ingress: /^(?:networking\.k8s\.io|extensions)\//u,
  IngressClass: /^networking\.k8s\.io\//u,
  Service: /^v1$/u,
  Secret: /^v1$/u,
  ConfigMap: /^v1$/u,
  Namespace: /^v1$/u,
  Deployment: /^(?:apps|extensions)\//u,
  DaemonSet: /^(?:apps|extensions)\//u,
};

/** Kinds that matter only when they run the controller: every other one is passed over unparsed. */
export function isWorkload(kind: string): boolean {
  return kind === 'Deployment' || kind === 'DaemonSet';
}

/** Which kind of the inventory an object is; undefined for another one, also for another group's kind of the same name (Voyager's Ingress). */
export function inventoryKind(apiVersion: string, kind: string): InventoryKind | undefined {
  const found = inventoryKinds.find((name) => name === kind);
  if (found === undefined) return undefined;
  return groups[found].test(apiVersion) || (found === 'Ingress' && apiVersion === '') ? found : undefined;
}

/** Whether a document of this kind must be parsed: `List`, `IngressList` and the like may hold what is looked for. */
export function mayMatter(kind: string): boolean {
  return inventoryKinds.some((name) => name === kind) || kind === 'List' || (kind.endsWith('List') && inventoryKinds.some((name) => `${name}List` === kind));
}
