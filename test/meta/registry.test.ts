import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { families } from '../../src/annotations/registry.ts';
import { annotationTable } from '../../src/nginx/annotation-table.ts';
import { reportFormats, loadReporter } from '../../src/report/registry.ts';
import { targetNames } from '../../src/targets/names.ts';
import { loadTarget } from '../../src/targets/registry.ts';

const definesFamily = (file: string): boolean => readFileSync(`src/annotations/${file}`, 'utf8').includes('defineFamily({');

describe('annotation families', () => {
  const ids = families.map((family) => family.id);

  it('are registered exactly when their file exists, in order', () => {
    const files = readdirSync('src/annotations').filter((file) => file.endsWith('.ts') && file !== 'define.ts' && definesFamily(file)).map((file) => file.replace(/\.ts$/u, ''));
    expect(ids).toEqual([...files].sort());
  });

  it('have a fixture folder of their name, and no folder is left over', () => {
    const folders = readdirSync('fixtures/annotations').filter((name) => !['foreign', 'unknown', 'collect', 'annotation'].includes(name));
    expect([...folders].sort()).toEqual([...ids].sort());
  });

  it('claim no key twice, and only real names', () => {
    const keys = families.flatMap((family) => family.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(annotationTable).toHaveProperty([key]);
  });

  it.each(families.map((family) => [family.id, family] as const))('%s is documented', (_id, family) => {
    for (const text of Object.values(family.docs)) expect(text.length).toBeGreaterThan(20);
  });
});

describe('targets', () => {
  it('are a folder each, and no folder is left over', async () => {
    const folders = readdirSync('src/targets', { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(`src/targets/${entry.name}/target.ts`));
    expect(folders.map((entry) => entry.name).sort()).toEqual([...targetNames].sort());
    for (const name of targetNames) expect((await loadTarget(name)).name).toBe(name);
  });
});

describe('report formats', () => {
  it.each(reportFormats)('%s is the file of its name', async (format) => {
    expect(existsSync(`src/report/${format}.ts`)).toBe(true);
    expect((await loadReporter(format))?.format).toBe(format);
  });
});
