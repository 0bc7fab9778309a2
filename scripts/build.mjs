// Bundles the command line and the library into dist/, validators first.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const root = new URL('..', import.meta.url);
process.chdir(root.pathname);

rmSync('dist', { recursive: true, force: true });
if (existsSync('scripts/build-validators.mjs')) execFileSync(process.execPath, ['scripts/build-validators.mjs'], { stdio: 'inherit' });

const result = await build({
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  metafile: true,
  chunkNames: 'chunks/[name]-[hash]',
  define: { __GWMIGRATE_VERSION__: JSON.stringify(version) },
  // CommonJS packages inside the bundle call require for Node's own modules.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
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
