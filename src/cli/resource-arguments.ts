import { existsSync } from 'node:fs';
import type { ClusterFlags } from './cluster-options.ts';
import { UsageError } from './exit.ts';

/** Names that kubectl knows for Ingresses; more of them carry a version or group. */
export const ingressType = /^(?:ing|ingress|ingresses)(?:\.(?:v1\.)?networking\.k8s\.io)?$/iu;

/** What the arguments ask of a cluster. */
export interface ResourceArguments {
  /** Empty: every Ingress of the scope. */
  readonly names: readonly string[];
}

function typeOf(argument: string): string {
  const slash = argument.indexOf('/');
  return slash < 0 ? argument : argument.slice(0, slash);
}

function slashForm(files: readonly string[]): readonly string[] {
  return files.map((argument) => {
    const [type = '', name = '', ...rest] = argument.split('/');
    // The words of k8s.io/cli-runtime, pkg/resource/builder.go.
    if (!argument.includes('/')) throw new UsageError("there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'");
    if (rest.length > 0) throw new UsageError('arguments in resource/name form may not have more than one slash');
    if (name === '') throw new UsageError('arguments in resource/name form must have a single resource and name');
    if (!ingressType.test(type)) throw new UsageError(`the server doesn't have a resource type "${type}" that gwmigrate reads: it reads ingresses`);
    return name;
  });
}

function namesOf(files: readonly string[]): readonly string[] {
  if (files.some((argument) => argument.includes('/'))) return slashForm(files);
  const [type, ...names] = files;
  if (type !== undefined && !ingressType.test(type)) throw new UsageError(`the server doesn't have a resource type "${type}" that gwmigrate reads: it reads ingresses`);
  return names;
}

/** Whether the arguments are kubectl's `ingress NAME` or `ingress/NAME`, and no files of such a name. */
function isResourceForm(files: readonly string[]): boolean {
  const [first] = files;
  return first !== undefined && ingressType.test(typeOf(first)) && !existsSync(first);
}

/**
 * Reads the arguments as kubectl does; undefined when they are files.
 * @throws UsageError in kubectl's words for what goes together badly
 */
export function resourceArguments(files: readonly string[], flags: ClusterFlags & { readonly filename: readonly string[] }): ResourceArguments | undefined {
  if (!flags.live && !isResourceForm(files)) return undefined;
  if (flags.filename.length > 0) throw new UsageError('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
  const names = [...new Set(namesOf(files))];
  if (names.length > 0 && (flags.selector !== undefined || flags.fieldSelector !== undefined)) throw new UsageError('name cannot be provided when a selector is specified');
  if (names.length > 0 && flags.allNamespaces) throw new UsageError('a resource cannot be retrieved by name across all namespaces');
  return { names };
}
