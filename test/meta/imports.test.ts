import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

function sources(directory: string): readonly string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) return name === 'generated' ? [] : sources(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly target: string;
  readonly lazy: boolean;
  readonly typeOnly: boolean;
}

const importPattern = /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|import\('([^']+)'\)/gmu;

function importsOf(file: string): readonly Import[] {
  return [...readFileSync(file, 'utf8').matchAll(importPattern)].map((match) => {
    const specifier = match[2] ?? match[3] ?? '';
    const target = specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier;
    return { from: file, specifier, target, lazy: match[3] !== undefined, typeOnly: match[1] !== undefined };
  });
}

const files = sources('src');
const imports = files.flatMap(importsOf);
const folderOf = (path: string): string => path.split('/')[1] ?? '';

/** Written again, apart from the lint configuration, so that neither can lose a line unnoticed. */
const law: Readonly<Record<string, readonly string[]>> = {
  model: ['model'],
  diagnostics: ['model', 'diagnostics'],
  input: ['model', 'diagnostics', 'input'],
  nginx: ['model', 'diagnostics', 'nginx'],
  plan: ['model', 'diagnostics', 'nginx', 'plan', 'annotations/define.ts'],
  annotations: ['model', 'diagnostics', 'nginx', 'annotations', 'plan/intents.ts'],
  targets: ['model', 'diagnostics', 'nginx', 'plan', 'targets'],
  emit: ['model', 'diagnostics', 'emit', 'targets/lowered.ts', 'targets/profile.ts', 'plan/plan.ts'],
  validate: ['model', 'diagnostics', 'validate', 'targets/profile.ts'],
  verify: ['model', 'diagnostics', 'nginx', 'verify'],
  live: ['model', 'diagnostics', 'live'],
  render: ['model', 'render'],
  report: ['model', 'diagnostics', 'report'],
  probe: ['model', 'probe', 'verify/outcome.ts', 'verify/compare/locations.ts', 'report/divergences.ts', 'report/shell-quote.ts', 'report/style.ts', 'report/visible.ts'],
  gate: ['model', 'diagnostics', 'gate', 'report/define.ts', 'report/failing.ts', 'report/fingerprint.ts'],
};

describe('the import law', () => {
  it.each(Object.entries(law))('%s', (folder, allowed) => {
    const broken = imports.filter(({ from, target }) => {
      if (folderOf(from) !== folder || !target.startsWith('src/')) return false;
      return !allowed.some((name) => target === `src/${name}` || target.startsWith(`src/${name}/`));
    });
    expect(broken.map(({ from, target }) => `${from} -> ${target}`)).toEqual([]);
  });

  it.each([
    ['chalk', ['src/report/style.ts']],
    ['js-yaml', ['src/input/yaml.ts']],
    ['commander', ['src/cli/cluster-options.ts', 'src/cli/commands/completion.ts', 'src/cli/completion/access-flags.ts', 'src/cli/completion/complete.ts', 'src/cli/config/apply.ts', 'src/cli/config/keys.ts', 'src/cli/main.ts', 'src/cli/options.ts', 'src/cli/probe-options.ts']],
    ['@kubernetes/client-node', ['src/input/cluster/client.ts']],
    ['ajv', []],
  ])('%s is imported in one place', (name, places) => {
    const importers = new Set(imports.filter(({ specifier }) => specifier === name || specifier.startsWith(`${name}/`)).map(({ from }) => from));
    expect([...importers].sort()).toEqual(places);
  });

  it('knows no folder of leftovers and no barrel', () => {
    expect(files.filter((file) => /\/(utils?|helpers?|common|lib)[/.]/u.test(file))).toEqual([]);
    expect(files.filter((file) => file.endsWith('/index.ts'))).toEqual(['src/index.ts']);
  });
});

/** A file and all that is loaded with it. */
function loadedWith(file: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (one: string): void => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const { target, lazy, typeOnly } of imports.filter(({ from }) => from === one)) if (!lazy && !typeOnly) visit(target);
  };
  visit(file);
  return seen;
}

describe('the client of the cluster', () => {
  it('is loaded by nothing that works on files', () => {
    const loading = [...files.filter((file) => /^src\/(?:index|cli\/commands\/[a-z-]+|cli\/run|convert|input\/open)\.ts$/u.test(file))].filter((file) => loadedWith(file).has('@kubernetes/client-node'));
    expect(loading).toEqual([]);
    expect(loadedWith('src/cli/live.ts')).toContain('@kubernetes/client-node');
  });
});

describe('the start of the command line', () => {
  it('loads commander, Node and its own small files only', () => {
    const outside = [...loadedWith('src/cli/main.ts')].filter((file) => !/^(node:|commander$|src\/cli\/|src\/report\/registry\.ts$|src\/targets\/names\.ts$)/u.test(file));
    expect(outside).toEqual([]);
  });
});

/** The first circle of imports, as the files on it; types count, since who reads one file then has to read all. */
function circle(): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { target } of imports.filter(({ from }) => from === file)) {
      const found = visit(target, [...path, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  return files.map((file) => visit(file, [])).find((found) => found.length > 0) ?? [];
}

describe('imports', () => {
  it('never need each other in a circle', () => {
    expect(circle()).toEqual([]);
  });
});

describe('files and functions', () => {
  it('stay short', () => {
    expect(files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 301)).toEqual([]);
  });
});
