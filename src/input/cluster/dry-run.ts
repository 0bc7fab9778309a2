import type { GatewayObject } from '../../model/gateway.ts';
import type { Answer } from './answer.ts';
import type { Server } from './list.ts';
import { pathOf, type ResourceType } from './resources.ts';

const fieldManager = 'gwmigrate';

/**
 * Sends one object as a server-side apply that stores nothing (`dryRun=All`). Forced: another manager's fields are no reason to refuse here.
 * A namespace is needed for namespaced kinds: `fallback` when the object states none.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
export async function dryRunApply(server: Server, type: ResourceType, object: GatewayObject, fallback: string): Promise<Answer> {
  const namespace = type.namespaced ? (object.metadata.namespace ?? fallback) : undefined;
  const query = new URLSearchParams({ dryRun: 'All', fieldManager, force: 'true', fieldValidation: 'Strict' });
  return await server.send({
    method: 'PATCH',
    path: `${pathOf(type, namespace, object.metadata.name)}?${query.toString()}`,
    contentType: 'application/apply-patch+yaml',
    body: JSON.stringify(object),
  });
}
