// Reads members of a zip archive: enough of the format for module archives (stored or deflated, no ZIP64, no encryption).
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const endOfDirectory = 0x06054b50;

/** Central directory of the archive: where it starts and how many entries it has. */
function directoryOf(bytes) {
  for (let at = bytes.length - 22; at >= 0; at--) {
    if (bytes.readUInt32LE(at) === endOfDirectory) return { offset: bytes.readUInt32LE(at + 16), count: bytes.readUInt16LE(at + 10) };
  }
  throw new Error('not a zip archive');
}

/** Texts of the members that `wanted` accepts, by name, in the order of the archive. */
export function readZip(file, wanted) {
  const bytes = readFileSync(file);
  const { offset, count } = directoryOf(bytes);
  const texts = new Map();
  for (let entry = 0, at = offset; entry < count; entry++) {
    const [nameLength, extraLength, commentLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (wanted(name)) {
      const header = bytes.readUInt32LE(at + 42);
      const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
      const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
      texts.set(name, (bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8'));
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  return texts;
}
