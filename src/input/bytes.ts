import { isUtf8 } from 'node:buffer';
import { raise } from '../diagnostics/finding.ts';
import type { SourceItem } from './define.ts';
import { fileCodes } from './file-codes.ts';
import { maxFileBytes, mebibytes } from './limits.ts';
import { wholeFile } from './source.ts';

/** PowerShell's `>` writes UTF-16 with a byte order mark. */
function utf16(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0) return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
  return undefined;
}

/** Bytes of a whole input as text: UTF-8, or UTF-16 with a byte order mark. Anything else is no manifest. */
export function decodeBytes(file: string, bytes: Buffer): SourceItem {
  const text = utf16(bytes) ?? (isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : undefined);
  if (text === undefined) return { kind: 'failure', finding: raise(fileCodes, 'input/not-text', wholeFile(file), { file }) };
  return { kind: 'text', file, text };
}

export function tooLarge(file: string): SourceItem {
  return { kind: 'failure', finding: raise(fileCodes, 'input/file-too-large', wholeFile(file), { file, limit: mebibytes(maxFileBytes) }) };
}

/** `ENOENT: no such file or directory, stat 'x'` without the parts for programmers. */
const systemError = /^[A-Z]+: (.+), [a-z]+(?: '.*')?$/u;

export function cannotOpen(file: string, error: unknown): SourceItem {
  const message = error instanceof Error ? error.message : String(error);
  const reason = systemError.exec(message)?.[1] ?? message;
  return { kind: 'failure', finding: raise(fileCodes, 'input/cannot-open', wholeFile(file), { file, reason }) };
}

/** Reads a stream of unknown length, and stops as soon as it is longer than an input may be. */
export async function readStream(file: string, stream: AsyncIterable<unknown>): Promise<SourceItem> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes = chunk instanceof Uint8Array ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.from(String(chunk));
      length += bytes.length;
      if (length > maxFileBytes) return tooLarge(file);
      chunks.push(bytes);
    }
  } catch (error) {
    return cannotOpen(file, error);
  }
  const item = decodeBytes(file, Buffer.concat(chunks, length));
  return item.kind === 'text' ? { ...item, stream: true } : item;
}
