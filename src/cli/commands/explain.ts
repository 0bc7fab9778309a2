import { catalogue, explanationOf, annotationNames } from '../../catalogue.ts';
import { UsageError } from '../exit.ts';
import { reportWidth, write, type Streams } from '../streams.ts';
import { renderExplanation, renderList } from '../../report/explanation.ts';
import { nearest } from '../../annotations/edit-distance.ts';

/** Texts of one finding code or annotation, or the list of all. */
export async function explain(name: string | undefined, format: string, streams: Streams): Promise<number> {
  if (format !== 'text' && format !== 'json') throw new UsageError(`-o ${format}: allowed formats are: text,json`);
  if (name === undefined) {
    const list = { codes: [...catalogue.keys()], annotations: annotationNames };
    await write(streams.stdout, format === 'json' ? `${JSON.stringify(list, undefined, 2)}\n` : renderList(catalogue, annotationNames));
    return 0;
  }
  const explanation = explanationOf(name);
  if (explanation === undefined) {
    const guess = nearest(name, [...catalogue.keys(), ...annotationNames]);
    throw new UsageError(`there is no finding code or annotation "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`);
  }
  await write(streams.stdout, format === 'json' ? `${JSON.stringify(explanation, undefined, 2)}\n` : renderExplanation(explanation, reportWidth));
  return 0;
}
