// Bundles the command line and the library into dist/, validators first.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const root = new URL('..', import.meta.url);
process.chdir(root.pathname);

rmSync('dist', { recursive: true, force: true });
if (existsSync('scripts/build-validators.mjs')) execFileSync(process.execPath, ['scripts/build-validators.mjs'], { stdio: 'inherit' });

/** What the plainest run loads: kept in one file, since each file costs half a millisecond at every start. */
const usual = { convert: 'cli/commands/convert', standard: 'targets/standard/target', yamlPieces: 'render/yaml', text: 'report/text', verifyMigration: 'verification' };

/** What a run may load as well, once it has the usual. */
const afterUsual = /src\/(?:verification|report\/(?:github|gitlab|html|json|junit|markdown|sarif|text)|targets\/[a-z-]+\/target|render\/(?:files|json|name|yaml)|cli\/commands\/[a-z-]+)\.ts$/;

/** esbuild makes a chunk of the modules that the same set of entries reaches: entries that reach all of the usual leave it in one piece. */
const fewFiles = {
  name: 'few-files',
  setup({ onLoad, onResolve }) {
    const names = Object.entries(usual).map(([name, file]) => `export { ${name} } from ${JSON.stringify(join(process.cwd(), `src/${file}.ts`))};\n`);
    onResolve({ filter: /^usual$/ }, ({ path }) => ({ path, namespace: 'usual' }));
    onLoad({ filter: /./, namespace: 'usual' }, () => ({ contents: names.join(''), resolveDir: process.cwd() }));
    onLoad({ filter: afterUsual }, ({ path }) => ({ contents: `${readFileSync(path, 'utf8')}\nexport * as $usual from 'usual';\n`, loader: 'ts' }));
    // The library exports nothing more for it: a condition that never holds is a use as well.
    const missing = Object.keys(usual).map((name) => `usual.${name} === undefined`).join(' || ');
    onLoad({ filter: /src\/index\.ts$/ }, ({ path }) => ({ contents: `${readFileSync(path, 'utf8')}\nimport * as usual from 'usual';\nif (${missing}) throw new Error();\n`, loader: 'ts' }));
    // commander loads it to run subcommands that are programs of their own, which there are none of here.
    onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: '' }));
  },
};

const result = await build({
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  metafile: true,
  chunkNames: 'chunks/[name]-[hash]',
  define: { __GWMIGRATE_VERSION__: JSON.stringify(version) },
  plugins: [fewFiles],
  // CommonJS packages inside the bundle call require for Node's own modules.
  banner: { js: 'const require = process.getBuiltinModule;' },
});

/** Everything that the entry loads before a command runs. */
const entry = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === 'src/cli/main.ts');
const seen = new Set();
const visit = (name) => {
  if (seen.has(name)) return;
  seen.add(name);
  for (const { path, kind, external } of result.metafile.outputs[name].imports) if (kind === 'import-statement' && !external) visit(path);
};
visit(entry[0]);
const inputs = new Set([...seen].flatMap((name) => Object.keys(result.metafile.outputs[name].inputs)));
const heavy = [...inputs].filter((name) => /node_modules\/(?!commander\/)/u.test(name) || /src\/(?!cli\/|report\/registry|targets\/names)/u.test(name));
if (heavy.length > 0) throw new Error(`the start-up bundle must stay small, but it holds:\n  ${heavy.join('\n  ')}`);

// Type declarations are for the package; tests and the command line run without them.
if (!process.argv.includes('--no-types')) {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}
