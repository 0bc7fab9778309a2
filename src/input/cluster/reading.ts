import type { Finding } from '../../diagnostics/finding.ts';
import type { Fields } from '../reading.ts';
import type { ResourceType } from './resources.ts';

/** What was read of one kind: objects, and what could not be read. */
export interface Reading {
  readonly type: ResourceType;
  readonly objects: readonly Fields[];
  readonly gaps: readonly Finding[];
  /** Namespaces that were listed whole, undefined for all of them: what did not come from there does not exist. */
  readonly complete?: readonly (string | undefined)[];
}
