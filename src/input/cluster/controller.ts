import { raise, type Finding } from '../../diagnostics/finding.ts';
import { isFields, isList, type Fields } from '../reading.ts';
import { clusterCodes as codes } from './codes.ts';
import { gap } from './gaps.ts';
import { getOne, listAll, type Server } from './list.ts';
import { nameOf } from './names.ts';
import type { Reading } from './reading.ts';
import { resources, type ResourceType } from './resources.ts';

export interface ControllerRead {
  /** The controller's Deployments and DaemonSets, and the ConfigMaps that their flags name. */
  readonly readings: readonly Reading[];
  /** Set when there is no controller to be found. */
  readonly note: Finding | undefined;
}

/** Names and labels of the charts: ingress-nginx, RKE2, MicroK8s, minikube, older ones. The flags decide later. */
const likely = /ingress-nginx|nginx-ingress/u;

function mayBeController(metadataOnly: Fields): boolean {
  const metadata = isFields(metadataOnly['metadata']) ? metadataOnly['metadata'] : {};
  const labels = isFields(metadata['labels']) ? Object.values(metadata['labels']) : [];
  return [metadata['name'], ...labels].some((text) => typeof text === 'string' && likely.test(text));
}

const texts = (value: unknown): readonly string[] => (isList(value) ? value.filter((text) => typeof text === 'string') : []);

/** Words of the command lines of a workload's containers. */
function wordsOf(workload: Fields): readonly (readonly string[])[] {
  const spec = isFields(workload['spec']) ? workload['spec'] : {};
  const template = isFields(spec['template']) ? spec['template'] : {};
  const pod = isFields(template['spec']) ? template['spec'] : {};
  const containers = isList(pod['containers']) ? pod['containers'].filter(isFields) : [];
  return containers.map(({ command, args, image }) => [typeof image === 'string' ? image : '', ...texts(command), ...texts(args)]);
}

/** The image or the command of ingress-nginx, and not of the NGINX Ingress Controller, which is another program. */
const isController = (workload: Fields): boolean => wordsOf(workload).some((words) => words.some((word) => /(?:^|\/)nginx-ingress-controller(?:$|[:@])|ingress-nginx\/controller/u.test(word)));

/** `--configmap=NAMESPACE/NAME`, where charts write $(POD_NAMESPACE). */
function configMapOf(workload: Fields): { readonly namespace: string; readonly name: string } | undefined {
  const own = nameOf(workload).namespace;
  for (const words of wordsOf(workload)) {
    const at = words.findIndex((word) => /^--?configmap(?:=|$)/u.test(word));
    if (at < 0) continue;
    const word = words[at] ?? '';
    const value = (word.includes('=') ? word.slice(word.indexOf('=') + 1) : (words[at + 1] ?? '')).replace('$(POD_NAMESPACE)', own);
    const [namespace = '', name = ''] = value.split('/');
    if (name !== '') return { namespace, name };
  }
  return undefined;
}

async function readWorkloads(server: Server, type: ResourceType): Promise<Reading> {
  const { objects, problem } = await listAll(server, type, { metadataOnly: true });
  const whole = await Promise.all(
    objects.filter(mayBeController).map(async (object) => {
      const { namespace, name } = nameOf(object);
      return { namespace, ...(await getOne(server, type, namespace, name)) };
    }),
  );
  const gaps = whole.flatMap((one) => (one.problem === undefined || one.problem.kind === 'not-found' ? [] : [gap(type, one.namespace, one.problem)]));
  return { type, objects: whole.flatMap((one) => one.objects).filter(isController), gaps: problem === undefined ? gaps : [gap(type, undefined, problem, objects.length), ...gaps] };
}

async function readConfigMaps(server: Server, workloads: readonly Fields[]): Promise<Reading> {
  const type = resources.configMaps;
  const keys = new Map(workloads.map(configMapOf).filter((key) => key !== undefined).map((key) => [`${key.namespace}/${key.name}`, key]));
  const read = await Promise.all([...keys.values()].map(async ({ namespace, name }) => ({ namespace, ...(await getOne(server, type, namespace, name)) })));
  const gaps = read.flatMap(({ namespace, problem }) => (problem === undefined || problem.kind === 'not-found' ? [] : [gap(type, namespace, problem)]));
  return { type, objects: read.flatMap(({ objects }) => objects), gaps };
}

/** Looks for ingress-nginx itself: its flags and its ConfigMap change what every annotation means. */
export async function readController(server: Server): Promise<ControllerRead> {
  const workloads = await Promise.all([readWorkloads(server, resources.deployments), readWorkloads(server, resources.daemonSets)]);
  const found = workloads.flatMap(({ objects }) => objects);
  const configMaps = await readConfigMaps(server, found);
  const complete = workloads.every(({ gaps }) => gaps.length === 0);
  return { readings: [...workloads, configMaps], note: found.length === 0 && complete ? raise(codes, 'cluster/no-controller', {}, {}) : undefined };
}
