import { resolve } from 'node:path';
import type { InputOptions, SourceItem } from './define.ts';
import { providers } from './registry.ts';

/** Whatever an input is named, its text is read once. */
function identityOf(item: SourceItem): string | undefined {
  if (item.kind !== 'text') return undefined;
  return item.file === '-' ? '-' : resolve(item.file);
}

/** Reads the inputs one after the other; a file that two of them name is read as one. */
export async function* openInputs(inputs: readonly string[], options: InputOptions): AsyncGenerator<SourceItem> {
  const seen = new Set<string>();
  for (const input of new Set(inputs)) {
    const provider = providers.find(({ accepts }) => accepts(input));
    if (provider === undefined) continue;
    for await (const item of provider.read(input, options)) {
      const identity = identityOf(item);
      if (identity !== undefined && seen.has(identity)) continue;
      if (identity !== undefined) seen.add(identity);
      yield item;
    }
  }
}
