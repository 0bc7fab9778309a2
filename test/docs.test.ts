import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configSchema } from './support/config-schema.ts';

/** `npm run docs` writes these files; without it they are compared. */
const update = process.env['UPDATE_DOCS'] === '1';

describe('generated files', () => {
  it.each([['schemas/config.v1.schema.json', () => `${JSON.stringify(configSchema(), undefined, 2)}\n`]])('%s', (file, generate) => {
    const text = generate();
    if (update) writeFileSync(file, text);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
  });
});
