import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { progressOn } from '../../../src/cli/progress.ts';
import type { SourceItem } from '../../../src/input/define.ts';
import { run } from '../../support/migration.ts';

interface Terminal extends Writable {
  isTTY?: boolean;
}

function terminal(isTTY: boolean): { readonly stream: Terminal; readonly text: () => string } {
  let text = '';
  const stream: Terminal = new Writable({
    write(chunk: Buffer | string, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  stream.isTTY = isTTY;
  return { stream, text: () => text };
}

async function* items(count: number, tick: () => void): AsyncGenerator<SourceItem> {
  for (let index = 0; index < count; index += 1) {
    tick();
    yield await Promise.resolve({ kind: 'text', file: `${index}.yaml`, text: '' });
  }
}

/** Reads files that take a quarter of a second each, and converts. */
async function shown(files: number, ingresses: number, isTTY = true, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stream, text } = terminal(isTTY);
  let now = 0;
  const progress = progressOn({ stderr: stream, env }, () => now);
  let read = 0;
  if (progress !== undefined) for await (const item of progress.reading(items(files, () => void (now += 250)))) read += item.kind === 'text' ? 1 : 0;
  expect(read).toBe(progress === undefined ? 0 : files);
  progress?.onStage('converting Ingresses', ingresses);
  progress?.done();
  return text();
}

const erase = '\r\u001b[K';

describe('progress', () => {
  it('is silent for work that is soon over', async () => {
    expect(await shown(3, 10)).toBe('');
  });

  it('counts what is read after a second, and takes its line away at the end', async () => {
    expect(await shown(5, 10)).toBe(`${erase}reading: 4 files${erase}reading: 5 files${erase}converting Ingresses: 10${erase}`);
  });

  it('announces a long stage at once, since nothing can be shown while it runs', async () => {
    expect(await shown(1, 10_000)).toBe(`${erase}converting Ingresses: 10000${erase}`);
  });

  it.each([
    ['a pipe', false, {}],
    ['a terminal that cannot erase', true, { TERM: 'dumb' }],
  ])('never writes to %s', async (_name, isTTY, env) => {
    expect(await shown(10, 10_000, isTTY, env)).toBe('');
  });

  it('changes no result', async () => {
    const { failed } = await run(['fixtures/scenarios/readme/input.yaml']);
    expect(failed).toBe(true);
  });
});
