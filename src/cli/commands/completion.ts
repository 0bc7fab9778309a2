import type { Command } from 'commander';
import { reportFormats } from '../../report/registry.ts';
import { targetNames } from '../../targets/names.ts';
import type { Candidate } from '../completion/candidate.ts';
import { complete, type Names } from '../completion/complete.ts';
import { scripts, shells } from '../completion/scripts.ts';
import { UsageError } from '../exit.ts';
import { write, type Streams } from '../streams.ts';

const namesFor = ({ env }: Streams): Names => ({
  codes: async () => {
    const { catalogue } = await import('../../catalogue.ts');
    return [...catalogue].map(([value, { what }]): Candidate => ({ value, description: what }));
  },
  annotations: async () => {
    const { annotationNames } = await import('../../catalogue.ts');
    return annotationNames.map((value): Candidate => ({ value, description: 'annotation' }));
  },
  formats: reportFormats,
  targets: targetNames,
  shells,
  inCluster: async (thing, flags) => {
    const { clusterNames } = await import('../completion/cluster-names.ts');
    return await clusterNames(thing, flags, env);
  },
});

/** The script of one shell. */
export async function completion(shell: string, streams: Streams): Promise<number> {
  const known = shells.find((name) => name === shell);
  if (known === undefined) throw new UsageError(`there is no completion for "${shell}"; there are: ${shells.join(', ')}`);
  await write(streams.stdout, scripts[known]);
  return 0;
}

/** Answers a shell: candidates with their descriptions, then whether file names fit as well. */
export async function answerShell(program: Command, words: readonly string[], streams: Streams): Promise<number> {
  const { candidates, files } = await complete(program, words, namesFor(streams));
  const lines = candidates.map(({ value, description }) => (description === '' ? value : `${value}\t${description.replace(/\s+/gu, ' ')}`));
  await write(streams.stdout, `${[...lines, files ? ':0' : ':4'].join('\n')}\n`);
  return 0;
}
