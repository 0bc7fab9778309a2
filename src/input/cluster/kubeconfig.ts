import { dirname, isAbsolute, join } from 'node:path';
import { isFields, isList, type Fields } from '../reading.ts';

/** What several kubeconfig files say together. */
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, Fields>;
  readonly users: ReadonlyMap<string, Fields>;
  readonly contexts: ReadonlyMap<string, Fields>;
  readonly currentContext: string;
}

/** One kubeconfig file, parsed. */
export interface KubeconfigFile {
  readonly file: string;
  readonly value: unknown;
}

/** Fields that name files: they count from the directory of the kubeconfig that holds them. */
const fileFields = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'] as const;

function fromDirectory(fields: Fields, directory: string): Fields {
  const files = fileFields.flatMap((name) => {
    const file = fields[name];
    return typeof file === 'string' && file !== '' && !isAbsolute(file) ? [[name, join(directory, file)] as const] : [];
  });
  const { exec } = fields;
  // A plugin with a path is found from the kubeconfig, one without on the PATH (client-go, ResolveLocalPaths).
  const command = isFields(exec) && typeof exec['command'] === 'string' && exec['command'].includes('/') && !isAbsolute(exec['command']) ? exec['command'] : undefined;
  return { ...fields, ...Object.fromEntries(files), ...(command === undefined ? {} : { exec: { ...(isFields(exec) ? exec : {}), command: join(directory, command) } }) };
}

function addNamed(into: Map<string, Fields>, list: unknown, field: string, directory: string): void {
  if (!isList(list)) return;
  for (const entry of list) {
    if (!isFields(entry) || typeof entry['name'] !== 'string' || into.has(entry['name'])) continue;
    const value = entry[field];
    into.set(entry['name'], fromDirectory(isFields(value) ? value : {}, directory));
  }
}

/**
 * Merges as kubectl does: whatever two files both name, the first one wins.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
export function mergeKubeconfigs(files: readonly KubeconfigFile[]): Kubeconfig {
  const clusters = new Map<string, Fields>();
  const users = new Map<string, Fields>();
  const contexts = new Map<string, Fields>();
  let currentContext = '';
  for (const { file, value } of files) {
    if (!isFields(value)) continue;
    const directory = dirname(file);
    addNamed(clusters, value['clusters'], 'cluster', directory);
    addNamed(users, value['users'], 'user', directory);
    addNamed(contexts, value['contexts'], 'context', directory);
    const current = value['current-context'];
    if (currentContext === '' && typeof current === 'string') currentContext = current;
  }
  return { clusters, users, contexts, currentContext };
}
