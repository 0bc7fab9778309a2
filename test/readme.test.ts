import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../src/cli/exit.ts';
import { cli } from './support/cli.ts';

/** `npm run docs` rewrites the generated parts; without it they are compared. */
const update = process.env['UPDATE_DOCS'] === '1';
const input = 'fixtures/scenarios/readme/input.yaml';

function readme(): string {
  return readFileSync('README.md', 'utf8');
}

function holds(start: string, end: string, content: string): void {
  const text = readme();
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end, from);
  expect(from).toBeGreaterThan(start.length);
  if (update) writeFileSync('README.md', `${text.slice(0, from)}\n${content}${text.slice(to)}`);
  expect(readme().slice(from, readme().indexOf(end, from))).toBe(`\n${content}`);
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\`\`\`\n`;

describe('README', () => {
  it('shows the manifests that the example gives', async () => {
    const { stdout, code } = await cli(['convert', input]);
    expect(code).toBe(exitCodes.findings);
    holds('<!-- example:manifests -->', '<!-- /example -->', fenced('yaml', stdout));
  });

  it('shows the report that the example gives', async () => {
    const { stderr } = await cli(['convert', input]);
    holds('<!-- example:report -->', '<!-- /example -->', fenced('text', stderr));
  });

  it('shows the support matrix of the targets that run', async () => {
    const { stdout } = await cli(['targets', '-o', 'markdown']);
    holds('<!-- generated:matrix -->', '<!-- /generated -->', stdout);
  });

  it('shows what becomes of every annotation, as docs/annotations.md has it', () => {
    const table = /^\| (?:annotation|name) \|.*\n(?:\|.*\n)+/mu.exec(readFileSync('docs/annotations.md', 'utf8'))?.[0] ?? '';
    expect(table.split('\n').length).toBeGreaterThan(155);
    holds('<!-- generated:annotations -->', '<!-- /generated -->', `\n${table.replaceAll('](#', '](docs/annotations.md#')}\n`);
  });

  it('names every exit code', () => {
    for (const code of Object.values(exitCodes)) expect(readme()).toContain(`| ${code} |`);
  });

  it('gives commands whose options and names exist', async () => {
    const commands = [...readme().matchAll(/^gwmigrate (explain|targets) (\S+)$/gmu)].map((match) => [match[1] ?? '', match[2] ?? '']);
    expect(commands.length).toBeGreaterThan(2);
    for (const command of commands) expect((await cli(command)).code, command.join(' ')).toBe(exitCodes.clean);
    const known = (await Promise.all(['convert', 'diff', 'probe'].map(async (command) => (await cli([command, '--help'])).stdout))).join('');
    const used = [...readme().matchAll(/`?(--[a-z][a-z-]+)/gu)].map((match) => match[1] ?? '');
    const foreign = ['--dry-run', '--enable-ssl-passthrough', '--default-ssl-certificate'];
    expect([...new Set(used)].filter((option) => !known.includes(option) && !foreign.includes(option))).toEqual([]);
  });
});
