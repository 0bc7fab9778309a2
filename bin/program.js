// Runs the program out of dist/ with the machine code of an earlier run: compiling takes half of what a run on one Ingress does, and Node's own
// cache (module.enableCompileCache) begins with 22.1 and keeps less. Reasons, and why it is safe: docs/adr/0017-compiled-code.md.
'use strict';
// V8 lets the heap of a growing program reach more than three times what lives in it; twice is as fast here, with a tenth less memory at 10,000 Ingresses.
require('node:v8').setFlagsFromString('--heap-growing-percent=100');
const { basename, dirname, join } = require('node:path');
const { readFileSync } = require('node:fs');
const { Script, constants } = require('node:vm');
const { cacheFile, readCache, writeCache } = require('./compiled-code.js');

/** Named by their contents, so code that is found under the name fits. V8 itself compares the length of a text and no more, and the entry keeps both its name and its length. */
const isNamedByContents = (file) => basename(dirname(file)) === 'chunks';

/** CommonJS out of dist/, each file compiled once, with cached code where there is any. */
function loader(cached) {
  const scripts = new Map();
  const modules = new Map();
  let missed = false;
  const load = (file) => {
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(file, module);
    const kept = isNamedByContents(file);
    const cachedData = kept ? cached.get(file) : undefined;
    // The build escapes what is not ASCII: V8 holds such a text at one byte a character.
    const text = `(function(exports,require,module){${readFileSync(file, 'latin1')}\n})`;
    const script = new Script(text, { filename: file, cachedData, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
    if (kept && (cachedData === undefined || script.cachedDataRejected)) missed = true;
    if (kept) scripts.set(file, script);
    script.runInThisContext()(module.exports, (name) => (name.startsWith('.') ? load(join(dirname(file), name)) : require(name)), module);
    return module.exports;
  };
  return { load, compiled: () => (missed ? scripts : undefined) };
}

/** Runs the command of these arguments. */
exports.start = (argv) => {
  const file = cacheFile(argv[2] ?? '', process.env);
  const { load, compiled } = loader(file === undefined ? new Map() : readCache(file));
  if (file !== undefined) {
    // At the very end, when the functions that this command needs have been compiled.
    process.on('exit', () => {
      const scripts = compiled();
      if (scripts !== undefined) writeCache(file, scripts);
    });
  }
  void load(join(__dirname, '../dist/cli.cjs')).main(argv);
};
