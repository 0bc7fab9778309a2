import { createReadStream, type Dirent, type Stats } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { raise } from '../diagnostics/finding.ts';
import { compareText } from '../model/object.ts';
import { cannotOpen, decodeBytes, readStream, tooLarge } from './bytes.ts';
import type { InputProvider, SourceItem } from './define.ts';
import { fileCodes } from './file-codes.ts';
import { maxFileBytes } from './limits.ts';
import { wholeFile } from './source.ts';

/** The extensions that kubectl reads from a directory; a file named by the user may have any. */
const manifestName = /\.(?:ya?ml|json)$/iu;

async function readOne(file: string, stats: Stats): Promise<SourceItem> {
  // A pipe (`<(helm template ...)`) or a device has no size.
  if (!stats.isFile()) return await readStream(file, createReadStream(file));
  if (stats.size > maxFileBytes) return tooLarge(file);
  try {
    return decodeBytes(file, await readFile(file));
  } catch (error) {
    return cannotOpen(file, error);
  }
}

async function readNamed(file: string): Promise<SourceItem> {
  try {
    return await readOne(file, await stat(file));
  } catch (error) {
    return cannotOpen(file, error);
  }
}

async function list(directory: string): Promise<readonly Dirent[] | SourceItem> {
  try {
    return (await readdir(directory, { withFileTypes: true })).sort((a, b) => compareText(a.name, b.name));
  } catch (error) {
    return cannotOpen(directory, error);
  }
}

/** Yields manifests by name. Links to files are followed, links to directories are not: they could be loops. */
async function* readDirectory(directory: string, recursive: boolean): AsyncGenerator<SourceItem> {
  const entries = await list(directory);
  if ('kind' in entries) {
    yield entries;
    return;
  }
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      if (recursive) yield* readDirectory(path, recursive);
    } else if (manifestName.test(entry.name)) {
      const stats = await stat(path).catch((error: unknown) => cannotOpen(path, error));
      if ('kind' in stats) yield stats;
      else if (stats.isFile()) yield await readOne(path, stats);
    }
  }
}

async function* readInput(input: string, recursive: boolean): AsyncGenerator<SourceItem> {
  const directory = await stat(input).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!directory) {
    yield await readNamed(input);
    return;
  }
  let any = false;
  for await (const item of readDirectory(input, recursive)) {
    any = true;
    yield item;
  }
  if (!any) yield { kind: 'failure', finding: raise(fileCodes, 'input/no-manifests', wholeFile(input), { directory: input }) };
}

export const files: InputProvider = {
  id: 'files',
  accepts: () => true,
  read: (input, options) => readInput(input, options.recursive),
};
