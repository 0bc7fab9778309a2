import { BlockList } from 'node:net';
import type { Guard } from '../../src/verify/outcome.ts';

function holds(list: string, peer: string): boolean {
  const block = new BlockList();
  for (const network of list.split(',').filter((text) => text !== '')) {
    const [base = '', length] = network.split('/');
    const family = base.includes(':') ? 'ipv6' : 'ipv4';
    block.addSubnet(base, Number(length ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return block.check(peer);
}

function admits({ detail }: Guard, peer: string): boolean {
  const [verb, list = ''] = detail.split(' ');
  return verb === 'allow' ? holds(list, peer) : !holds(list, peer);
}

/** Whether every address list among the guards lets a peer in. */
export function admitsAll(guards: readonly Guard[], peer: string): boolean {
  return guards.every((guard) => guard.kind !== 'address-list' || admits(guard, peer));
}
