import { raise, type Finding } from '../diagnostics/finding.ts';
import type { GatewayObject } from '../model/gateway.ts';
import { compareText } from '../model/object.ts';
import { codes } from './codes.ts';

const isDns = (key: string): boolean => /^external-dns\.(?:alpha\.)?kubernetes\.io\//.test(key);

/** Each kind of route is a source of its own: https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/gateway-api/ */
const sourceOf = (kind: string): string => `--source=gateway-${kind.toLowerCase()}`;

/** Once a run: external-dns has to be told of routes, whichever Ingress its annotations come from. */
export function reportDns(objects: readonly GatewayObject[], report: (finding: Finding) => void): void {
  const routes = objects.filter(({ kind }) => kind.endsWith('Route'));
  if (!objects.some(({ metadata }) => Object.keys(metadata.annotations ?? {}).some(isDns))) return;
  const sources = [...new Set(routes.map(({ kind }) => sourceOf(kind)))].sort(compareText).join(' ');
  report(raise(codes, 'gateway/external-dns', {}, { sources }));
}
