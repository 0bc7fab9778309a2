import { posix, sep } from 'node:path';
import type { Finding } from '../diagnostics/finding.ts';
import type { Position } from '../model/origin.ts';

/** What standard input is called where the name of a file is expected. */
export const stdinName = 'stdin';

/** Where a finding stands in the input; undefined for what no document says. */
export function positionOf(finding: Finding): Position | undefined {
  return finding.origin?.source.locate(finding.origin.path);
}

/** Name of an input as the tools around a repository write paths: forward slashes, no `./` in front. */
export function pathOf(file: string): string {
  if (file === '-') return stdinName;
  return posix.normalize(sep === '\\' ? file.replaceAll('\\', '/') : file);
}
