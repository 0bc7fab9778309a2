import { posix, sep } from 'node:path';
import type { Finding } from '../diagnostics/finding.ts';
import { placeText, type Place } from '../model/origin.ts';

/** What standard input is called where the name of a file is expected. */
export const stdinName = 'stdin';

/** Where a finding stands in the input; undefined for what no document says. */
export function findingPlace(finding: Finding): Place | undefined {
  return finding.origin?.source.locate(finding.origin.path);
}

/** Name of an input as the tools around a repository write paths: forward slashes, no `./` in front. */
export function pathOf(file: string): string {
  if (file === '-') return stdinName;
  return posix.normalize(sep === '\\' ? file.replaceAll('\\', '/') : file);
}

/** A place as the tools around a repository write it. */
export const placePath = (place: Place): string => placeText({ ...place, file: pathOf(place.file) });
