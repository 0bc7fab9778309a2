import { annotationNames, catalogue, explanationOf, summariseAnnotations, type Explanation } from '../../catalogue.ts';
import { nearest } from '../../annotations/edit-distance.ts';
import { renderExplanation, renderList, type TargetMapping } from '../../report/explanation.ts';
import { targetNames } from '../../targets/names.ts';
import { loadTarget } from '../../targets/registry.ts';
import { UsageError } from '../exit.ts';
import { reportWidth, write, type Streams } from '../streams.ts';

interface ExplainFlags {
  readonly output: string;
  readonly list: boolean;
}

async function list(format: string): Promise<string> {
  const annotations = summariseAnnotations(await Promise.all(targetNames.map(loadTarget)));
  if (format !== 'json') return renderList(catalogue, annotations);
  return `${JSON.stringify({ codes: [...catalogue.keys()], annotations }, undefined, 2)}\n`;
}

/** What each target makes of the intents that an annotation can give. */
async function mappingOf(explanation: Explanation): Promise<readonly TargetMapping[]> {
  if (explanation.kind === 'code') return [];
  const targets = await Promise.all(targetNames.map(loadTarget));
  return targets.map(({ name, title, capabilities }) => ({
    target: name,
    title,
    intents: explanation.intents.map((intent) => ({ intent, ...capabilities[intent] })),
  }));
}

/** Texts of one finding code or annotation, or the list of all. */
export async function explain(name: string | undefined, flags: ExplainFlags, streams: Streams): Promise<number> {
  const { output } = flags;
  if (name !== undefined && flags.list) throw new UsageError('--list takes no code or annotation');
  if (name === undefined) {
    await write(streams.stdout, await list(output));
    return 0;
  }
  const explanation = explanationOf(name);
  if (explanation === undefined) {
    const guess = nearest(name, [...catalogue.keys(), ...annotationNames]);
    throw new UsageError(`there is no finding code or annotation "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`);
  }
  const targets = await mappingOf(explanation);
  const document = explanation.kind === 'code' ? explanation : { ...explanation, targets };
  await write(streams.stdout, output === 'json' ? `${JSON.stringify(document, undefined, 2)}\n` : renderExplanation(explanation, targets, reportWidth));
  return 0;
}
