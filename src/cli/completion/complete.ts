import type { Command, Option } from 'commander';
import type { AccessOptions } from '../../input/cluster/options.ts';
import { readsConfig } from '../config/keys.ts';
import { ingressType } from '../resource-arguments.ts';
import { accessFlags, optionNamed } from './access-flags.ts';
import type { Candidate, ClusterThing } from './candidate.ts';

/** What may stand at the cursor. `files`: names of files as well. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  readonly files: boolean;
}

/** Names that the command line itself does not hold. Asked for only when they can stand at the cursor. */
export interface Names {
  readonly codes: () => Promise<readonly Candidate[]>;
  readonly annotations: () => Promise<readonly Candidate[]>;
  readonly formats: readonly string[];
  readonly targets: readonly string[];
  readonly shells: readonly string[];
  /** In the cluster that these options choose; none when it does not answer. */
  readonly inCluster: (thing: ClusterThing, flags: AccessOptions) => Promise<readonly Candidate[]>;
}

const nothing: Completion = { candidates: [], files: false };
const someFile: Completion = { candidates: [], files: true };

const plain = (values: readonly string[]): readonly Candidate[] => values.map((value) => ({ value, description: '' }));

function only(candidates: readonly Candidate[], start: string): Completion {
  return { candidates: candidates.filter(({ value }) => value.startsWith(start)), files: false };
}

/** bash cuts words at `=`; joins them again. `cut`: what the shell replaces starts after the `=`. */
function joinWords(words: readonly string[]): { readonly words: readonly string[]; readonly cut: boolean } {
  const joined: string[] = [];
  let cut = false;
  for (const [index, word] of words.entries()) {
    const last = joined.length - 1;
    const after = words[index - 1] === '=' && last >= 0;
    if ((word === '=' || after) && joined[last]?.startsWith('--') === true) {
      joined[last] = `${joined[last]}${word}`;
      cut = true;
    } else {
      joined.push(word);
      cut = false;
    }
  }
  return { words: joined, cut };
}

const takesValue = (option: Option | undefined): option is Option => option !== undefined && !option.isBoolean();

const things: Readonly<Record<string, ClusterThing>> = { namespace: 'namespace', context: 'context', cluster: 'cluster', user: 'user' };

async function valuesOf(option: Option, start: string, names: Names, flags: AccessOptions): Promise<Completion> {
  const thing = things[option.attributeName()];
  if (thing !== undefined) return only(await names.inCluster(thing, flags), start);
  if (option.argChoices !== undefined) return only(plain(option.argChoices), start);
  if (option.attributeName() === 'accept') return only(await names.codes(), start);
  if (option.attributeName() === 'report') return start.includes('=') ? someFile : only(plain(names.formats), start);
  return /<(?:file|dir)>/u.test(option.flags) ? someFile : nothing;
}

function optionsOf(command: Command, start: string): Completion {
  const own = command.options.filter(({ hidden }) => !hidden).map(({ long, short, description }) => ({ value: long ?? short ?? '', description }));
  return only([...own, { value: '--help', description: 'display help for command' }], start);
}

/** `ingress NAME...`, `ingress/NAME`, or files, as long as nothing says which. */
async function inputsOf(given: readonly string[], start: string, names: Names, flags: AccessOptions): Promise<Completion> {
  const [type = '', ...chosen] = given;
  if (ingressType.test(type)) return only((await names.inCluster('ingress', flags)).filter(({ value }) => !chosen.includes(value)), start);
  const [kind = ''] = start.split('/');
  if (start.includes('/') && ingressType.test(kind)) {
    const found = (await names.inCluster('ingress', flags)).map(({ value, description }): Candidate => ({ value: `${kind}/${value}`, description }));
    return { ...only(found.filter(({ value }) => !given.includes(value)), start), files: true };
  }
  const word = given.length === 0 && start !== '' ? only([{ value: 'ingress', description: 'Ingresses of the cluster' }], start).candidates : [];
  return { candidates: word, files: true };
}

async function argumentsOf(command: Command, given: readonly string[], start: string, names: Names, flags: AccessOptions): Promise<Completion> {
  if (readsConfig(command)) return await inputsOf(given, start, names, flags);
  if (given.length > 0) return nothing;
  switch (command.name()) {
    case 'explain':
      return only([...(await names.codes()), ...(await names.annotations())], start);
    case 'targets':
      return only(plain(names.targets), start);
    case 'completion':
      return only(plain(names.shells), start);
    default:
      return nothing;
  }
}

function commandsOf(program: Command, start: string): Completion {
  const commands = program.commands.map((command) => ({ value: command.name(), description: command.description() }));
  return only([...commands, { value: 'help', description: 'display help for command' }], start);
}

async function inCommand(command: Command, before: readonly string[], current: string, names: Names): Promise<Completion> {
  const ended = before.includes('--');
  const previous = before.at(-1);
  const waiting = previous === undefined || ended ? undefined : optionNamed(command, previous);
  const flags = accessFlags(command, before);
  if (takesValue(waiting)) return await valuesOf(waiting, current, names, flags);
  const split = current.startsWith('--') ? current.indexOf('=') : -1;
  if (split > 0 && !ended) {
    const option = optionNamed(command, current.slice(0, split));
    if (!takesValue(option)) return nothing;
    const { candidates, files } = await valuesOf(option, current.slice(split + 1), names, flags);
    return { candidates: candidates.map((candidate) => ({ ...candidate, value: `${current.slice(0, split + 1)}${candidate.value}` })), files };
  }
  if (current.startsWith('-') && !ended) return optionsOf(command, current);
  const given = before.filter((word, index) => !word.startsWith('-') && !takesValue(optionNamed(command, before[index - 1] ?? '')));
  return await argumentsOf(command, given, current, names, flags);
}

/**
 * What may stand at the cursor. `typed` is what follows the program's name, the word at the cursor last ('' or a blank when there is none yet);
 * made from the command line as it is, so that no list is kept beside it.
 */
export async function complete(program: Command, typed: readonly string[], names: Names): Promise<Completion> {
  const { words, cut } = joinWords([...typed.slice(0, -1), (typed.at(-1) ?? '').trimStart()]);
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const at = before.findIndex((word) => !word.startsWith('-'));
  if (at < 0) return current.startsWith('-') ? optionsOf(program, current) : commandsOf(program, current);
  if (before[at] === 'help') return at === before.length - 1 ? commandsOf(program, current) : nothing;
  const command = program.commands.find((known) => known.name() === before[at]);
  if (command === undefined) return nothing;
  const { candidates, files } = await inCommand(command, before.slice(at + 1), current, names);
  if (!cut) return { candidates, files };
  const prefix = current.indexOf('=') + 1;
  return { candidates: candidates.map((candidate) => ({ ...candidate, value: candidate.value.slice(prefix) })), files };
}
