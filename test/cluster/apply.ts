import type { ApiServer } from '../../src/input/cluster/api-server.ts';
import type { ClusterObject } from './control-plane.ts';

const clusterKinds = new Set(['Namespace', 'IngressClass', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'GatewayClass']);
const irregular: Readonly<Record<string, string>> = { Ingress: 'ingresses', IngressClass: 'ingressclasses', GatewayClass: 'gatewayclasses', NetworkPolicy: 'networkpolicies', ValidatingAdmissionPolicy: 'validatingadmissionpolicies' };

function pathOf({ apiVersion, kind, metadata }: ClusterObject): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const inside = clusterKinds.has(kind) ? '' : `/namespaces/${metadata.namespace ?? 'default'}`;
  const plural = irregular[kind] ?? `${kind.toLowerCase()}s`;
  return `${root}${inside}/${plural}/${metadata.name}`;
}

/** Stores an object, for tests to find. @throws Error when the server refuses */
async function apply(server: ApiServer, object: ClusterObject): Promise<void> {
  const answer = await server.send({ method: 'PATCH', path: `${pathOf(object)}?fieldManager=test&force=true`, contentType: 'application/apply-patch+yaml', body: JSON.stringify(object) });
  if (!answer.ok) throw new Error(`${object.kind} ${object.metadata.name}: ${answer.problem.message}`);
}

/** Stores objects, those of one kind at once, in the order of their kinds. */
export async function applyAll(server: ApiServer, objects: readonly ClusterObject[]): Promise<void> {
  const kinds = new Map<string, ClusterObject[]>();
  for (const object of objects) kinds.set(object.kind, [...(kinds.get(object.kind) ?? []), object]);
  for (const same of kinds.values()) {
    const waiting = [...same];
    const work = async (): Promise<void> => {
      for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) await apply(server, object);
    };
    await Promise.all(Array.from({ length: 16 }, work));
  }
}

/** Installs CRDs and waits until the server serves them. */
export async function install(server: ApiServer, objects: readonly ClusterObject[]): Promise<void> {
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  await applyAll(server, definitions);
  for (const { metadata } of definitions) {
    for (let established = false; !established; ) {
      const answer = await server.send({ path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${metadata.name}/status` });
      const text = answer.ok ? JSON.stringify(answer.value) : '';
      established = /"type":"Established","status":"True"|"status":"True"[^}]*"type":"Established"/u.test(text);
      if (!established) await new Promise((resolve) => void setTimeout(resolve, 100));
    }
  }
  // The handlers of a new version take a moment longer than its condition.
  await new Promise((resolve) => void setTimeout(resolve, 1000));
}
