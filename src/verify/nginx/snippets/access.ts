import { parseNetwork } from '../../../nginx/networks.ts';
import type { Guard } from '../../outcome.ts';
import type { Line } from './text.ts';

/** `allow` and `deny` of a block, in their order. */
export const accessOf = (lines: readonly Line[] | undefined): readonly Line[] => (lines ?? []).filter(({ name, inner }) => (name === 'allow' || name === 'deny') && inner === undefined);

const guard = (side: 'allow' | 'deny', networks: readonly string[]): readonly Guard[] => (networks.length === 0 ? [] : [{ kind: 'address-list', detail: `${side} ${networks.join(',')}` }]);

/**
 * Refusals, then admissions, then the rest: in any other order they are a condition that two lists cannot say.
 * Source: https://nginx.org/en/docs/http/ngx_http_access_module.html
 */
export function accessGuards(lines: readonly Line[]): readonly Guard[] {
  const end = lines.findIndex(({ words }) => words[0] === 'all');
  const rules = end < 0 ? lines : lines.slice(0, end);
  const split = rules.findIndex(({ name }) => name === 'allow');
  const [before, after] = split < 0 ? [rules, []] : [rules.slice(0, split), rules.slice(split)];
  const networks = (some: readonly Line[]): readonly string[] => some.map(({ words: [text = ''] }) => parseNetwork(text) ?? text);
  const closed = lines[end]?.name === 'deny';
  if (after.some(({ name }) => name === 'deny')) return [{ kind: 'unknown', detail: 'addresses of a snippet' }];
  if (!closed) return guard('deny', networks(before));
  return after.length === 0 ? guard('deny', ['0.0.0.0/0', '::/0']) : [...guard('deny', networks(before)), ...guard('allow', networks(after))];
}
