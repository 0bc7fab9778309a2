import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInputs } from '../../../src/input/open.ts';
import { maxFileBytes } from '../../../src/input/limits.ts';

let root = '';
const at = (...names: readonly string[]): string => join(root, ...names);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gwmigrate-input-'));
  for (const directory of ['sub/deep', 'empty']) mkdirSync(at(directory), { recursive: true });
  for (const name of ['b.yaml', 'a.YML', 'c.json', 'note.txt', 'sub/d.yaml', 'sub/deep/e.yaml']) writeFileSync(at(name), `# ${name}\n`);
  writeFileSync(at('big.yaml.txt'), '');
  truncateSync(at('big.yaml.txt'), maxFileBytes + 1);
  writeFileSync(at('utf16.txt'), Buffer.from('\uFEFFkind: Ä', 'utf16le'));
  writeFileSync(at('binary.txt'), Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0xff]));
  symlinkSync(root, at('sub', 'loop'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

async function open(inputs: readonly string[], options: { readonly recursive?: boolean; readonly stdin?: NodeJS.ReadableStream } = {}): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const item of openInputs(inputs, { recursive: options.recursive ?? false, stdin: () => options.stdin ?? new PassThrough().end() })) {
    found.push(item.kind === 'text' ? `${item.file.replace(`${root}/`, '')}: ${item.text.trim()}` : 'finding' in item ? item.finding.code : item.kind);
  }
  return found;
}

describe('openInputs', () => {
  it('reads the manifests of a directory by name, without its subdirectories', async () => {
    expect(await open([root])).toEqual(['a.YML: # a.YML', 'b.yaml: # b.yaml', 'c.json: # c.json']);
  });

  it('descends with -R, and not through links', async () => {
    expect(await open([root], { recursive: true })).toEqual(['a.YML: # a.YML', 'b.yaml: # b.yaml', 'c.json: # c.json', 'sub/d.yaml: # sub/d.yaml', 'sub/deep/e.yaml: # sub/deep/e.yaml']);
  });

  it('reads a named file of any extension, and each file once', async () => {
    expect(await open([at('note.txt'), at('note.txt'), at('sub', '..', 'note.txt')])).toEqual(['note.txt: # note.txt']);
  });

  it('reads UTF-16 with a byte order mark', async () => {
    expect(await open([at('utf16.txt')])).toEqual(['utf16.txt: kind: Ä']);
  });

  it.each([
    ['a missing file', 'missing.yaml', 'input/cannot-open'],
    ['a directory without manifests', 'empty', 'input/no-manifests'],
    ['a file over the limit', 'big.yaml.txt', 'input/file-too-large'],
    ['a binary file', 'binary.txt', 'input/not-text'],
  ])('goes on after %s', async (_what, name, code) => {
    expect(await open([at(name), at('b.yaml')])).toEqual([code, 'b.yaml: # b.yaml']);
  });

  it('says why a file cannot be read in plain words', async () => {
    for await (const item of openInputs([at('missing.yaml')], { recursive: false, stdin: () => new PassThrough().end() })) {
      expect(item.kind === 'failure' && item.finding.args).toEqual({ file: at('missing.yaml'), reason: 'no such file or directory' });
    }
  });

  it('reads standard input once', async () => {
    expect(await open(['-', '-'], { stdin: Readable.from([Buffer.from('a: '), Buffer.from('1\n')]) })).toEqual(['-: a: 1']);
  });

  it('stops reading standard input at the limit', async () => {
    const chunk = Buffer.alloc(8 * 1024 * 1024, 0x20);
    let chunks = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          chunks += 1;
          yield chunk;
        }
      })(),
    );
    expect(await open(['-'], { stdin: endless })).toEqual(['input/file-too-large']);
    expect(chunks).toBeLessThan(maxFileBytes / chunk.length + 20);
  });

  it('reports a stream that breaks', async () => {
    const broken = new Readable({ read: () => void broken.destroy(new Error('torn off')) });
    expect(await open(['-'], { stdin: broken })).toEqual(['input/cannot-open']);
  });
});
