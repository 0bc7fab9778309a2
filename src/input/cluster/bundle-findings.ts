import { raise } from '../../diagnostics/finding.ts';
import { compareText } from '../../model/object.ts';
import type { ClusterInput, SourceItem } from '../define.ts';
import type { CrdBundle, CrdRelease } from './bundle.ts';
import { clusterCodes as codes } from './codes.ts';
import { gap } from './gaps.ts';
import { resources } from './resources.ts';

const words = ({ version, channel }: CrdRelease): string => `${version} (${channel} channel)`;

/** Releases and channels that are installed side by side; the kinds of each. */
function mixtureOf({ kinds }: CrdBundle): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [kind, release] of kinds) found.set(words(release), [...(found.get(words(release)) ?? []), kind]);
  return new Map([...found].sort(([a], [b]) => compareText(a, b)));
}

/** What the CRDs of the cluster mean for the output. */
export function bundleItems({ bundle, gatewayApi }: ClusterInput): readonly SourceItem[] {
  if (bundle === undefined) return [];
  const { release, problem } = bundle;
  if (problem !== undefined) return [{ kind: 'failure', finding: gap(resources.customResourceDefinitions, undefined, problem) }];
  if (release === undefined) return [{ kind: 'failure', finding: raise(codes, 'cluster/no-gateway-api', {}, { version: gatewayApi }) }];
  const installed = words(release);
  const minor = (text: string): string => text.replace(/^(\d+\.\d+)(?:\.\d+)?/u, '$1');
  const items: SourceItem[] = [];
  const mixture = mixtureOf(bundle);
  if (mixture.size > 1) {
    const found = [...mixture].map(([words_, plurals]) => `${words_}: ${plurals.join(', ')}`).join('; ');
    items.push({ kind: 'note', finding: raise(codes, 'cluster/mixed-gateway-api', {}, { found, used: installed }) });
  }
  if (minor(installed) !== minor(gatewayApi)) items.push({ kind: 'note', finding: raise(codes, 'cluster/other-gateway-api', {}, { wanted: gatewayApi, installed }) });
  return items;
}
