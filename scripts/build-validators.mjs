// Compiles the vendored schemas to modules under src/validate/generated (not in git): no schema is compiled at run time.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { minifySync } from 'rolldown/utils';

const root = new URL('..', import.meta.url);
const folder = new URL('src/validate/generated/', root);

/** What ajv would load at run time, as code of the module itself. Limits count code points, as the API server does. */
const runtime = {
  'ajv/dist/runtime/ucs2length': 'text=>{let n=text.length;for(let i=0;i<text.length;i++){const c=text.charCodeAt(i);if(c>=0xd800&&c<=0xdbff&&(text.charCodeAt(i+1)&0xfc00)===0xdc00)n--,i++}return n}',
};

function inlineRuntime(code) {
  const inlined = code.replaceAll(/require\("([^"]+)"\)\.default/gu, (_call, name) => {
    if (runtime[name] === undefined) throw new Error(`a validator needs ${name} at run time`);
    return runtime[name];
  });
  if (inlined.includes('require(')) throw new Error('a validator loads a module at run time');
  return inlined;
}

/** Schemas that ajv repeats in the module, by the name of their constant. */
function embeddedSchemas(code) {
  const schemas = new Map();
  for (const { 1: name, index, 0: head } of code.matchAll(/const (schema\d+) = (?=\{)/gu)) {
    const start = index + head.length;
    for (let at = start, depth = 0, text = false; at < code.length; at++) {
      if (text) {
        if (code[at] === '\\') at++;
        else if (code[at] === '"') text = false;
      } else if (code[at] === '"') text = true;
      else if (code[at] === '{') depth++;
      else if (code[at] === '}' && --depth === 0) {
        // The text was written by ajv from a schema of this repository.
        schemas.set(name, new Function(`return ${code.slice(start, at + 1)}`)());
        break;
      }
    }
  }
  return schemas;
}

const valueAt = (root, path) => [...path.matchAll(/\.([\w$-]+)|\["([^"]+)"\]/gu)].reduce((value, [, plain, quoted]) => value[plain ?? quoted], root);

/**
 * Only the place and the keyword of an error are used. Without the other facts, and with the field names of wide objects as sets, the
 * schemas that ajv repeats in the code are never read and the minifier drops them: half of the code.
 */
function slim(code) {
  const schemas = embeddedSchemas(code);
  const sets = [];
  const slimmed = code
    .replaceAll(/schemaPath:"[^"]*",/gu, '')
    .replaceAll(/params:\{allowedValues: schema[^}]*\}|params:\{pattern: "(?:[^"\\]|\\.)*"\}/gu, 'params:{}')
    .replaceAll(/func\d+\.call\((schema\d+)([^,()]*), (key\d+)\)/gu, (_call, name, path, key) => {
      sets.push(`const fields${sets.length} = new Set(${JSON.stringify(Object.keys(valueAt(schemas.get(name), path)))});`);
      return `fields${sets.length - 1}.has(${key})`;
    });
  return `${slimmed}\n${sets.join('\n')}`;
}

function compile(schema) {
  const ajv = new Ajv.default({ strict: false, messages: false, validateFormats: false, inlineRefs: false, code: { source: true, esm: true, optimize: 2 } });
  return slim(inlineRuntime(standaloneCode.default(ajv, ajv.compile(schema))));
}

const minify = (code) => minifySync('validator.js', code, { module: true, compress: { target: 'node20.19' }, mangle: true }).code;

function moduleOf({ kind, scope, cel, lists, spec }) {
  return minify(`${compile(spec)}
export const facts = ${JSON.stringify({ kind, scope, cel, lists })};`);
}

const declaration = `import type { KindModule, Validator } from '../kind.ts';
export declare const kinds: Readonly<Record<string, () => Promise<KindModule>>>;
export declare const metadata: () => Promise<{ readonly validate: Validator }>;
export declare const gatewayApi: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
export declare const envoyGateway: Readonly<Record<string, Readonly<Record<string, string>>>>;
`;

mkdirSync(folder, { recursive: true });
const read = (name) => JSON.parse(readFileSync(new URL(`schemas/${name}`, root), 'utf8'));
const written = new Set();
/** Files that are right already stay untouched: a test run or a watcher may have them open. */
function write(file, text) {
  written.add(file);
  const url = new URL(file, folder);
  if (!existsSync(url) || readFileSync(url, 'utf8') !== text) writeFileSync(url, text);
}

const names = [];
for (const api of ['gateway-api', 'envoy-gateway']) {
  for (const file of readdirSync(new URL(`schemas/${api}/kinds/`, root)).sort()) {
    const name = file.replace(/\.json$/u, '');
    names.push(name);
    write(`${name}.js`, moduleOf(read(`${api}/kinds/${file}`)));
  }
}
write('metadata.js', minify(compile(read('metadata.json'))));
write('index.d.ts', declaration);
write('index.js', `export const kinds = {
${names.map((name) => `  '${name}': () => import('./${name}.js'),`).join('\n')}
};
export const metadata = () => import('./metadata.js');
export const gatewayApi = ${JSON.stringify(read('gateway-api/index.json'))};
export const envoyGateway = ${JSON.stringify(read('envoy-gateway/index.json'))};
`);
for (const file of readdirSync(folder)) if (!written.has(file)) rmSync(new URL(file, folder));
