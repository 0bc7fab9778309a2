import { isIPv4, isIPv6 } from 'node:net';
import { compareText } from '../model/object.ts';

/** Groups of an IPv6 address; the text is valid and has no zone. */
function groupsOf(address: string): readonly number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const plain =
    dotted === null
      ? address
      : `${dotted[1] ?? ''}${(Number(dotted[2]) * 256 + Number(dotted[3])).toString(16)}:${(Number(dotted[4]) * 256 + Number(dotted[5])).toString(16)}`;
  const [head = '', tail] = plain.split('::');
  const parse = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const first = parse(head);
  if (tail === undefined) return first;
  const last = parse(tail);
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
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

/** Clears the bits after the prefix. */
function maskParts(parts: readonly number[], width: number, prefix: number): readonly number[] {
  return parts.map((part, index) => {
    const kept = Math.min(width, Math.max(0, prefix - index * width));
    const step = 2 ** (width - kept);
    return part - (part % step);
  });
}

/**
 * An address or network as a CIDR with its host bits cleared; undefined when Go's net.ParseCIDR and net.ParseIP both refuse the text.
 * A bare address becomes /32 or /128. Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/net/ipnet.go
 */
export function parseNetwork(text: string): string | undefined {
  const [address = '', length, ...rest] = text.split('/');
  if (rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const four = isIPv4(address);
  if (!four && (address.includes('%') || !isIPv6(address))) return undefined;
  const bits = four ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  if (four) return `${maskParts(address.split('.').map(Number), 8, prefix).join('.')}/${prefix}`;
  return `${formatGroups(maskParts(groupsOf(address), 16, prefix))}/${prefix}`;
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
