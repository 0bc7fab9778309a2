import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { annotationNames, catalogue } from '../src/catalogue.ts';
import { configSchema } from './support/config-schema.ts';
import { annotationsPage, findingsPage } from './support/reference-pages.ts';

/** `npm run docs` writes these files; without it they are compared. */
const update = process.env['UPDATE_DOCS'] === '1';

const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

describe('generated files', () => {
  it.each([
    ['docs/annotations.md', annotationsPage],
    ['docs/findings.md', async () => Promise.resolve(findingsPage())],
    ['schemas/config.v1.schema.json', async () => Promise.resolve(`${JSON.stringify(configSchema(), undefined, 2)}\n`)],
  ])('%s is what `npm run docs` writes', async (file, generate) => {
    const text = await generate();
    if (update) writeFileSync(file, text);
    expect(read(file) === text, `${file} is out of date: run npm run docs`).toBe(true);
  });

  it('have an anchor for every code and annotation', () => {
    const anchors = (file: string): ReadonlySet<string> => new Set([...read(file).matchAll(/<a id="([^"]+)">/gu)].map((match) => match[1] ?? ''));
    expect(anchors('docs/findings.md')).toEqual(new Set(catalogue.keys()));
    expect(anchors('docs/annotations.md')).toEqual(new Set(annotationNames));
  });
});
