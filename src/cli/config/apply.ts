import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { Command } from 'commander';
import type { Acceptance } from '../../diagnostics/acceptance.ts';
import { UsageError } from '../exit.ts';
import { configError, readConfigDocument } from './document.ts';
import { configKeys, type ConfigKey } from './keys.ts';
import { readValue, unknownName } from './values.ts';

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the configuration ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Whether the command line already says it. Files named as arguments, and the cluster, stand for --filename. */
function saidBefore(command: Command, attribute: string): boolean {
  if (attribute === 'filename' && (command.args.length > 0 || command.getOptionValue('live') === true)) return true;
  return command.getOptionValueSource(attribute) === 'cli';
}

function set(command: Command, { option, kind }: ConfigKey, value: unknown): void {
  const attribute = option.attributeName();
  // An option of another command.
  if (!command.options.some((own) => own.attributeName() === attribute)) return;
  if (kind === 'acceptances') {
    const said = command.getOptionValue(attribute) as readonly Acceptance[];
    command.setOptionValueWithSource(attribute, [...said, ...(value as readonly Acceptance[])], 'config');
    return;
  }
  if (!saidBefore(command, attribute)) command.setOptionValueWithSource(attribute, value, 'config');
}

/**
 * Gives a command the options of a configuration file. What the command line says wins; acceptances add up.
 * @throws UsageError with file, line and column for a key there is no option for, and for values the command line would refuse
 */
export async function applyConfig(program: Command, command: Command, file: string): Promise<void> {
  const shown = relative('', file) || file;
  const document = await readConfigDocument(shown, await textOf(file));
  if (document === undefined) return;
  const keys = configKeys(program);
  const context = { document, directory: dirname(shown) };
  for (const [name, value] of Object.entries(document.fields)) {
    const key = keys.get(name);
    if (key === undefined) throw configError(document.source, [name], unknownName('option', name, [...keys.keys()]));
    set(command, key, readValue(key, value, context));
  }
}
