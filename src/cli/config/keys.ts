import type { Command, Option } from 'commander';

/** What a configuration may say for one option of the command line: its key is the option's long name. */
export interface ConfigKey {
  readonly key: string;
  readonly option: Option;
  readonly kind: 'boolean' | 'list' | 'text' | 'acceptances';
  /** `file`: a path, taken from the directory of the configuration. `report`: FORMAT=FILE, the same. */
  readonly path: 'file' | 'report' | undefined;
}

/**
 * Options that say what one run does, not how runs are meant to be; a token, which no file of a repository should hold; and where probe
 * sends requests, which no file of a repository should decide.
 */
const notConfigured = new Set(['config', 'update-baseline', 'help', 'live', 'token', 'cache-dir', 'before', 'after', 'unsafe-methods', 'dry-run', 'write']);

function kindOf(option: Option): ConfigKey['kind'] {
  if (option.attributeName() === 'accept') return 'acceptances';
  if (option.isBoolean()) return 'boolean';
  return Array.isArray(option.defaultValue) ? 'list' : 'text';
}

function pathOf(option: Option): ConfigKey['path'] {
  if (option.attributeName() === 'report') return 'report';
  return /<(?:file|dir)>/u.test(option.flags) ? 'file' : undefined;
}

function keyOf(option: Option): string {
  return (option.long ?? '').replace(/^--(?:no-)?/u, '');
}

/** Whether a command reads the configuration. */
export function readsConfig(command: Command): boolean {
  return command.options.some((option) => option.attributeName() === 'config');
}

/** Every key, sorted: the options of all commands that read the configuration. Those of another command than the one that runs have no effect. */
export function configKeys(program: Command): ReadonlyMap<string, ConfigKey> {
  const keys = new Map<string, ConfigKey>();
  for (const command of program.commands.filter(readsConfig)) {
    for (const option of command.options) {
      const key = keyOf(option);
      if (!notConfigured.has(key) && !keys.has(key)) keys.set(key, { key, option, kind: kindOf(option), path: pathOf(option) });
    }
  }
  return new Map([...keys].sort(([a], [b]) => (a < b ? -1 : 1)));
}
