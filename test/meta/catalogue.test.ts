import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue, codeCount } from '../../src/catalogue.ts';
import { messageOf } from '../../src/diagnostics/message.ts';
import type { Finding } from '../../src/diagnostics/finding.ts';
import { targetNames } from '../../src/targets/names.ts';
import { fixtures } from '../support/fixtures.ts';
import { run } from '../support/migration.ts';
import { raisedElsewhere } from '../support/codes-without-fixture.ts';

const raised = new Map<string, Finding>();

beforeAll(async () => {
  for (const fixture of fixtures) {
    for (const target of targetNames) {
      const { migration } = await run([fixture.input, `--target=${target}`, ...fixture.options]);
      for (const finding of migration.findings) raised.set(finding.code, finding);
    }
  }
});

describe('the catalogue', () => {
  it('holds each code once', () => {
    expect(catalogue.size).toBe(codeCount);
  });

  it.each([...catalogue])('%s says what, why and what to do', (code, entry) => {
    expect(code).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/u);
    for (const text of [entry.what, entry.why, entry.do]) expect(text).toMatch(/^(?:.{7,}[.!?])?(?: ?\{[a-zA-Z]+\})?$/su);
    for (const text of [entry.what, entry.why, entry.do]) expect(text).not.toBe('');
    if (entry.fidelity === 'exact') expect(entry.risk, 'what is exact risks nothing').toBe('none');
  });

  it('is raised whole by the fixtures', () => {
    const missing = [...catalogue.keys()].filter((code) => !raised.has(code) && !(code in raisedElsewhere));
    expect(missing).toEqual([]);
  });

  it.each(Object.entries(raisedElsewhere))('%s is raised by %s', (code, file) => {
    expect(readFileSync(file, 'utf8')).toContain(code);
  });

  it('lists no exception that a fixture raises after all', () => {
    expect(Object.keys(raisedElsewhere).filter((code) => raised.has(code) || !catalogue.has(code))).toEqual([]);
  });

  it('leaves no placeholder unfilled', () => {
    const unfilled = [...raised.values()].filter((finding) => /\{[a-zA-Z]+\}/u.test(Object.values(messageOf(finding)).join(' ')));
    expect(unfilled.map(({ code }) => code)).toEqual([]);
  });

  it('knows every code that was raised', () => {
    expect([...raised.keys()].filter((code) => !catalogue.has(code))).toEqual([]);
  });
});
