import type { GatewayObject } from '../model/gateway.ts';

/** One `v1` List, as `kubectl get -o json` writes several objects. */
export function renderJson(objects: readonly GatewayObject[]): string {
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, undefined, 2)}\n`;
}
