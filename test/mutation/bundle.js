import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Script } from 'node:vm';
import { rolldown } from 'rolldown';
import { vitest } from './suite.js';

const entry = '\0tests';
const stages = ['nginx', 'plan', 'verify'];

const filesIn = (folder, end) => readdirSync(folder, { recursive: true }).map((file) => `${folder}/${file}`).filter((file) => file.endsWith(end)).sort();
const loaders = (name, files) => `export const ${name} = {${files.map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(resolve(file))})`).join(',')}};`;

/** The unit tests with the code they test, as a function that evaluates nothing yet and answers what loads each file, afresh every time. */
export async function bundleTests(wanted) {
  const tests = stages.flatMap((stage) => filesIn(`test/unit/${stage}`, '.test.ts')).filter(wanted);
  const sources = stages.flatMap((stage) => filesIn(`src/${stage}`, '.ts'));
  const bundle = await rolldown({
    input: 'tests',
    platform: 'node',
    // The version is known without looking for package.json, as in dist.
    transform: { target: 'node20.19', define: { __GWMIGRATE_VERSION__: '"0"' } },
    external: (id) => id !== 'tests' && !/^(?:[./\0]|@oxc)/u.test(id),
    plugins: [
      {
        name: 'tests',
        resolveId: (id) => (id === 'tests' ? entry : undefined),
        // Loaded when asked for, so that a fault costs only the files that can notice it.
        load: (id) => (id === entry ? loaders('tests', tests) + loaders('sources', sources) : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'cjs', codeSplitting: false });
  await bundle.close();
  const filename = resolve('tests.cjs');
  const require = createRequire(filename);
  const evaluate = new Script(`(function (exports, require, __filename) {${output[0].code}\n})`, { filename }).runInThisContext();
  return () => {
    const exports = {};
    evaluate(exports, (id) => (id === 'vitest' ? vitest : require(id)), filename);
    return exports;
  };
}
