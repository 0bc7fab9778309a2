import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder with `input.yaml`, and optionally `options.json`: further command-line arguments. */
export interface Fixture {
  /** Path below `fixtures/`, such as `annotations/cors/exact`. */
  readonly name: string;
  readonly directory: string;
  readonly input: string;
  readonly options: readonly string[];
}

function walk(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'expected' ? [] : walk(path);
    return entry.name === 'input.yaml' ? [path] : [];
  });
}

function readOptions(directory: string): readonly string[] {
  const file = join(directory, 'options.json');
  if (!existsSync(file)) return [];
  const options: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(options)) throw new Error(`${file}: not a list of arguments`);
  return options.map(String);
}

/** All conversion fixtures, sorted by name. Paths are relative to the project's root, where tests run. */
export const fixtures: readonly Fixture[] = ['fixtures/annotations', 'fixtures/scenarios']
  .filter((root) => existsSync(root))
  .flatMap(walk)
  .map((input): Fixture => {
    const directory = dirname(input);
    return { name: directory.slice('fixtures/'.length), directory, input, options: readOptions(directory) };
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1));
