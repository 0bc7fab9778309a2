import type { Finding } from '../../../src/diagnostics/finding.ts';
import { readInventory, type InventoryOptions, type InventoryRead } from '../../../src/input/inventory.ts';

/** Inventory of texts that stand in files a.yaml, b.yaml, ... */
export async function read(texts: string | readonly string[], options: InventoryOptions = {}): Promise<InventoryRead> {
  const list = typeof texts === 'string' ? [texts] : texts;
  const items = list.map((text, index) => ({ kind: 'text' as const, file: `${String.fromCharCode(97 + index)}.yaml`, text }));
  return await readInventory(items, options);
}

export const codesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ code }) => code).sort();

/** `code file:line:column`, sorted. */
export function placesOf(findings: readonly Finding[]): readonly string[] {
  const place = (finding: Finding): string => {
    const position = finding.origin?.source.locate(finding.origin.path);
    return position === undefined ? finding.code : `${finding.code} ${position.file}:${position.line}:${position.column}`;
  };
  return findings.map(place).sort();
}

/** A sound Ingress; `spec` and `metadata` are YAML at their indentation. */
export function ingress(changes: { readonly name?: string; readonly metadata?: string; readonly host?: string; readonly path?: string; readonly backend?: string; readonly apiVersion?: string; readonly spec?: string } = {}): string {
  const path = changes.path ?? 'path: /';
  const backend = changes.backend ?? '{ service: { name: shop, port: { number: 80 } } }';
  const spec = changes.spec ?? `  rules:\n  - host: ${changes.host ?? 'shop.example.com'}\n    http:\n      paths:\n      - ${path}\n        pathType: Prefix\n        backend: ${backend}\n`;
  return `apiVersion: ${changes.apiVersion ?? 'networking.k8s.io/v1'}\nkind: Ingress\nmetadata:\n  name: ${changes.name ?? 'checkout'}\n${changes.metadata ?? ''}spec:\n${spec}`;
}
