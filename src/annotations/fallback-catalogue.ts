import type { CodeTable } from '../diagnostics/finding.ts';
import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { AnnotationFamily } from './define.ts';
import { codes as foreignCodes } from './foreign-codes.ts';
import { codes as unknownCodes } from './unknown.ts';
import { codes as untranslatedCodes } from './untranslated.ts';
import { untranslatedTable, type UntranslatedRow } from './untranslated-table.ts';

/** Codes about annotations without a family. */
export const fallbackCodes: CodeTable = { ...untranslatedCodes, ...unknownCodes, ...foreignCodes };

const rows: Readonly<Partial<Record<AnnotationName, UntranslatedRow>>> = untranslatedTable;

/** For `explain`: the docs of an annotation without a family, from the table that decides its outcome. */
export function untranslatedDocs(name: AnnotationName): AnnotationFamily['docs'] {
  const row = rows[name];
  switch (row?.effect) {
    case 'removed':
      return { nginx: `Once ${row.meaning}; ingress-nginx has not read it since ${row.since}.`, gateway: `Nothing is needed. ${row.advice}`, loss: 'Nothing: it has no effect today.' };
    case 'nothing':
      return { nginx: `It ${row.meaning}, but ${row.because}.`, gateway: 'Nothing is needed.', loss: 'Nothing: it has no effect today.' };
    case 'loss': {
      const initial = row.initial === undefined ? '' : ` The default is ${row.initial}.`;
      return {
        nginx: `nginx ${row.meaning}.${initial}`,
        gateway: 'No field of the Gateway API; some implementations have a setting for it.',
        loss: typeof row.risk === 'string' && row.risk === 'none' ? 'Requests are answered as before.' : 'What it does is lost, unless the target has a setting for it; with a default value nothing is.',
      };
    }
    case undefined:
      return { nginx: 'gwmigrate says nothing about it.', gateway: 'Nothing.', loss: 'Unknown.' };
  }
}
