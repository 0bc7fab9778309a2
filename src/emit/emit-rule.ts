import type { LoweredRule } from '../targets/lowered.ts';
import type { MergedPolicy } from './policies.ts';

/** A rule as it will stand in a route, with its policies merged. */
export interface EmitRule {
  readonly rule: LoweredRule;
  readonly matches: LoweredRule['matches'];
  readonly policies: readonly MergedPolicy[];
}
