import { isPresent, type Implementation } from './world/state.ts';
import type { TargetName } from '../../src/targets/names.ts';

export interface Pair {
  readonly target: TargetName;
  readonly implementation: Implementation;
}

const all: readonly Pair[] = [
  { target: 'envoy-gateway', implementation: 'envoy-gateway' },
  { target: 'standard', implementation: 'envoy-gateway' },
  { target: 'standard', implementation: 'traefik' },
];

const only = process.env['GWMIGRATE_DATAPLANE_PAIR'] ?? '';

/** Output of a target and who serves it, for the implementations that are there. `GWMIGRATE_DATAPLANE_PAIR`: part of `TARGET on IMPLEMENTATION`. */
export const pairs = all.map((pair) => ({ ...pair, name: `${pair.target} on ${pair.implementation}` })).filter(({ implementation, name }) => isPresent(implementation) && name.includes(only));
