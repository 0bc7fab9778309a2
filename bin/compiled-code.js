// The files in which compiled code is kept: one for each command, since each command needs other functions of the same sources.
'use strict';
const { dirname, join } = require('node:path');
const { mkdirSync, openSync, closeSync, fstatSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { crc32 } = require('node:zlib');

const mark = 'gwmigrate 1';

/** Where a user's caches are by the custom of the system, or as NODE_COMPILE_CACHE says. Undefined: keep nothing. */
function directory(env) {
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  if (env.NODE_COMPILE_CACHE) return env.NODE_COMPILE_CACHE;
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (process.platform === 'win32') return env.LOCALAPPDATA;
  if (!env.HOME) return undefined;
  return process.platform === 'darwin' ? join(env.HOME, 'Library/Caches') : join(env.HOME, '.cache');
}

/** The file for a command; what is no plain word (an option, a file) shares one. */
exports.cacheFile = (command, env) => {
  const root = directory(env);
  const name = /^[a-z_]{1,20}$/u.test(command) ? command : 'other';
  return root === undefined ? undefined : join(root, 'gwmigrate', `${name}-${process.version}-${process.arch}.code`);
};

/** Code by source file. Empty unless the file is whole and belongs to the user that runs this: what is read here is executed. */
exports.readCache = (file) => {
  let fd;
  try {
    fd = openSync(file, 'r');
    const { uid } = fstatSync(fd);
    if (process.getuid !== undefined && uid !== process.getuid()) return new Map();
    return decode(readFileSync(fd));
  } catch {
    return new Map();
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
};

function decode(bytes) {
  const end = bytes.indexOf('\n');
  const header = JSON.parse(bytes.toString('utf8', 0, end));
  const body = bytes.subarray(end + 1);
  if (header.mark !== mark || crc32(body) !== header.crc32) return new Map();
  let offset = 0;
  return new Map(header.files.map(([source, length]) => [source, body.subarray(offset, (offset += length))]));
}

/** Whole or not at all, for this user alone. A cache that cannot be written is no loss. */
exports.writeCache = (file, scripts) => {
  try {
    const parts = [...scripts].map(([source, script]) => [source, script.createCachedData()]);
    const body = Buffer.concat(parts.map(([, code]) => code));
    const header = JSON.stringify({ mark, crc32: crc32(body), files: parts.map(([source, code]) => [source, code.length]) });
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, Buffer.concat([Buffer.from(`${header}\n`), body]), { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    // The next run compiles again.
  }
};
