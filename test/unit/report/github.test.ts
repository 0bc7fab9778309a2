import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnostics/finding.ts';
import { github } from '../../../src/report/github.ts';
import { visible } from '../../../src/report/visible.ts';
import { at, context, finding, hostile, hostileReport, reportOf } from '../../support/report.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const decodeData = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
const decodeProperty = (text: string): string =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');

/** Reads a line of the log in the order of steps of the runner; undefined for what is no command to it. */
function read(line: string): Command | undefined {
  const trimmed = line.trimStart();
  const end = trimmed.indexOf('::', 2);
  if (!trimmed.startsWith('::') || end < 0) return undefined;
  const [, name = '', properties = ''] = /^(\S*) ?(.*)$/su.exec(trimmed.slice(2, end)) ?? [];
  const pairs = properties.split(',').map((pair) => /^([^=]*)=(.*)$/su.exec(pair) ?? []);
  return { name, properties: Object.fromEntries(pairs.map(([, key = '', value = '']) => [key, decodeProperty(value)])), data: decodeData(trimmed.slice(end + 2)) };
}

const linesOf = (...findings: readonly Finding[]): readonly string[] => github.report(reportOf(findings), context).trimEnd().split(/\r\n|\r|\n/u);
const commandsOf = (...findings: readonly Finding[]): readonly (Command | undefined)[] => linesOf(...findings).slice(0, -1).map(read);

describe('annotations of a GitHub workflow', () => {
  it('are commands with place, title and three lines', () => {
    expect(linesOf(finding('gate/lost'))).toEqual([
      '::error file=manifests/shop.yaml,line=7,col=5,title=gate/lost::nginx.ingress.kubernetes.io/auth-url is lost on shop.example.com.%0AThe target has no field for it.%0AAccept it or use another target.',
      'FAIL: 1 error, 0 warnings (--fail-on security); standard, Gateway API 1.4.0 (standard channel)',
    ]);
  });

  it('have the level of the severity, errors first', () => {
    expect(commandsOf(finding('gate/lost'), finding('limit/lost'), finding('name/kept')).map((command) => command?.name)).toEqual(['error', 'warning', 'notice']);
  });

  it('say the implicit behaviour of nginx once', () => {
    const commands = commandsOf(finding('default/body-size', { origin: undefined }), finding('default/body-size', { origin: undefined }), finding('name/kept'));
    expect(commands.map((command) => command?.properties['title'])).toEqual(['default/*', 'name/kept']);
    expect(commands[0]?.data).toContain('body-size');
  });

  it('leave out what was accepted', () => {
    expect(github.report(reportOf([{ finding: finding('gate/lost'), accepted: true }]), context)).not.toContain('::');
  });

  it.each([['-'], [undefined]])('name no file for %s', (file) => {
    const [command] = commandsOf(finding('gate/lost', { origin: file === undefined ? undefined : at(file) }));
    expect(command?.properties).toEqual({ title: 'gate/lost' });
  });

  it.each(hostile.map((text) => [text]))('read back as they were meant: %j', (text) => {
    const lines = linesOf(finding('gate/lost', { origin: at(`d/${text}x`), args: { annotation: text, host: text } }));
    expect(lines).toHaveLength(2);
    const command = read(lines[0] ?? '');
    expect(command).toMatchObject({ name: 'error', properties: { line: '1', col: '1', title: 'gate/lost' } });
    expect(command?.data).toBe(`${visible(`${text} is lost on ${text}.`)}\nThe target has no field for it.\nAccept it or use another target.`);
    if (!text.includes('/')) expect(command?.properties['file']).toBe(visible(`d/${text}x`));
  });

  it('are nothing but errors, warnings and notices, whatever the names are', () => {
    const lines = github.report(hostileReport(), context).trimEnd().split('\n');
    expect(new Set(lines.slice(0, -1).map((line) => read(line)?.name))).toEqual(new Set(['error', 'warning', 'notice']));
    expect(read(lines.at(-1) ?? '')).toBeUndefined();
  });
});
