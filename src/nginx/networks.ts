import { isIPv4, isIPv6 } from 'node:net';
import { compareText } from '../model/object.ts';

const zeros = (count: number): readonly number[] => Array.from({ length: count }, () => 0);

/** The eight groups of a valid IPv6 text without a zone. */
function groupsOf(address: string): readonly number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const pair = (high: string | undefined, low: string | undefined): string => (Number(high) * 256 + Number(low)).toString(16);
  const plain = dotted === null ? address : `${dotted[1] ?? ''}${pair(dotted[2], dotted[3])}:${pair(dotted[4], dotted[5])}`;
  const numbers = (text: string): readonly number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [head = '', tail] = plain.split('::');
  const first = numbers(head);
  if (tail === undefined) return first;
  const last = numbers(tail);
  return [...first, ...zeros(8 - first.length - last.length), ...last];
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`. */
function formatGroups(groups: readonly number[]): string {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.start < 0) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

/** Clears the bits after the prefix; `width` is the number of bits in a part. */
function maskParts(parts: readonly number[], width: number, prefix: number): readonly number[] {
  return parts.map((part, index) => {
    const step = 2 ** (width - Math.min(width, Math.max(0, prefix - index * width)));
    return part - (part % step);
  });
}

/**
 * An address or network as a CIDR with its host bits cleared; a bare address becomes /32 or /128. Undefined when Go's net.ParseCIDR and
 * net.ParseIP both refuse the text.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/net/ipnet.go
 */
export function parseNetwork(text: string): string | undefined {
  const [address = '', length, ...rest] = text.split('/');
  if (rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const four = isIPv4(address);
  // Looked at first, since Node's own expression for IPv6 costs milliseconds the first time.
  if (!four && (!address.includes(':') || address.includes('%') || !isIPv6(address))) return undefined;
  const bits = four ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  if (four) return `${maskParts(address.split('.').map(Number), 8, prefix).join('.')}/${prefix}`;
  const groups = maskParts(groupsOf(address), 16, prefix);
  // Go takes an IPv4-mapped address for the IPv4 address it holds.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return `${groups.slice(6).flatMap((group) => [group >> 8, group & 255]).join('.')}/${prefix - 96}`;
  return `${formatGroups(groups)}/${prefix}`;
}

/** Comma list of networks, sorted and without repetition; undefined when one entry (an empty one too) is none. */
export function parseNetworks(raw: string): readonly string[] | undefined {
  const networks = new Set<string>();
  for (const entry of raw.split(',')) {
    const network = parseNetwork(entry.trim());
    if (network === undefined) return undefined;
    networks.add(network);
  }
  return [...networks].sort(compareText);
}
