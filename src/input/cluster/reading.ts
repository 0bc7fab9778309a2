import type { Finding } from '../../diagnostics/finding.ts';
import type { Fields } from '../reading.ts';
import type { ResourceType } from './resources.ts';

/** What was read of one kind: objects, and what could not be read. */
export interface Reading {
  readonly type: ResourceType;
  readonly objects: readonly Fields[];
  readonly gaps: readonly Finding[];
}
