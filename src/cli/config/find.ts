import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const configName = 'gwmigrate.yaml';

/** The nearest configuration at or above a directory. Looks no higher than the root of the repository: what lies above belongs to others. */
export function findConfig(from: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    const file = join(directory, configName);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
    if (directory === dirname(directory) || existsSync(join(directory, '.git'))) return undefined;
  }
}
