// Bundles the command line and the library into dist/, validators first.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const root = new URL('..', import.meta.url);
process.chdir(root.pathname);

rmSync('dist', { recursive: true, force: true });
if (existsSync('scripts/build-validators.mjs')) execFileSync(process.execPath, ['scripts/build-validators.mjs'], { stdio: 'inherit' });

const source = (file) => join(process.cwd(), `src/${file}.ts`);
const entry = source('cli/main');

/** What the plainest run loads: kept in one file, since each file costs half a millisecond at every start. */
const usual = ['cli/commands/convert', 'targets/standard/target', 'input/yaml', 'render/yaml', 'report/text', 'verification'].map(source).concat(join(process.cwd(), 'src/validate/generated/metadata.js'));

/** Modules that these load without being asked for anything rare. */
function closureOf(ids, getModuleInfo) {
  const seen = new Set();
  const visit = (id) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const imported of getModuleInfo(id)?.importedIds ?? []) visit(imported);
  };
  ids.forEach(visit);
  return seen;
}

/** Everything that the entry loads before a command runs. Chunks of rolldown's own helpers belong there too, since every file uses them. */
let start;
let plain;
function chunkOf(id, context) {
  const infoOf = (module) => context.getModuleInfo(module);
  start ??= closureOf([entry], infoOf);
  plain ??= closureOf(usual, infoOf);
  if (start.has(id) || id.includes('rolldown/runtime')) return 'start';
  return plain.has(id) ? 'usual' : null;
}

const startUp = {
  name: 'start-up',
  // commander loads it to run subcommands that are programs of their own, which there are none of here.
  resolveId: (id, importer = '') => (id === 'node:child_process' && /[\\/]commander[\\/]/u.test(importer) ? '\0unused' : undefined),
  load: (id) => (id === '\0unused' ? 'export default {};' : undefined),
  // One character above Latin-1 makes V8 hold, hash and scan the whole file at two bytes a character.
  renderChunk: (code) =>
    code.replace(/[^\0-\x7f]/gu, (character) => [...character].flatMap((point) => Array.from({ length: point.length }, (_, index) => point.charCodeAt(index))).map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')),
};

const bundle = await rolldown({
  input: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  transform: { target: 'node20.19', define: { __GWMIGRATE_VERSION__: JSON.stringify(version) } },
  plugins: [startUp],
});
const { output } = await bundle.write({
  dir: 'dist/chunks',
  // CommonJS, since only its compiled code can be kept between runs on Node 20 (bin/program.js).
  format: 'cjs',
  minify: true,
  // By content: a name stands for one text, so compiled code found under it fits.
  entryFileNames: '[name]-[hash].cjs',
  chunkFileNames: '[name]-[hash].cjs',
  codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: chunkOf, debugName: 'start and usual' }] },
});
await bundle.close();

const chunks = output.filter(({ type }) => type === 'chunk');
const entryOf = (name) => chunks.find((chunk) => chunk.isEntry && chunk.name === name);
writeFileSync('dist/cli.cjs', `module.exports = require('./chunks/${entryOf('cli').fileName}');\n`);
writeFileSync('dist/index.js', `export { ${entryOf('index').exports.join(', ')} } from './chunks/${entryOf('index').fileName}';\n`);

const heavy = [...start].filter((name) => /node_modules\/(?!commander\/)/u.test(name) || /src\/(?!cli\/|report\/registry|targets\/names)/u.test(name));
if (heavy.length > 0) throw new Error(`the start-up bundle must stay small, but it holds:\n  ${heavy.join('\n  ')}`);

/** The files that are loaded with another one. */
const loadedWith = new Map(chunks.map(({ fileName, imports }) => [fileName, imports]));
const reached = new Set();
const reach = (name) => {
  if (reached.has(name)) return;
  reached.add(name);
  for (const imported of loadedWith.get(name) ?? []) if (loadedWith.has(imported)) reach(imported);
};
reach(entryOf('cli').fileName);
if (reached.size > 2) throw new Error(`the start loads ${[...reached].join(', ')}: each file costs half a millisecond`);

// Type declarations are for the package; tests and the command line run without them.
if (!process.argv.includes('--no-types')) {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}
