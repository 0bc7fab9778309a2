import { sha256 } from '../model/digest.ts';
import type { ComparedCause } from './compared.ts';
import { placeOfPosition } from './sarif-location.ts';
import { fingerprintsFor, literal } from './sarif-text.ts';

export interface SarifContent {
  readonly rules: readonly object[];
  readonly results: readonly object[];
}

const rules = [
  {
    id: 'verify/unexplained',
    shortDescription: { text: 'Requests are answered differently after the migration, and no finding says so.' },
    fullDescription: { text: 'ingress-nginx and the routes answer these requests differently, and nothing in the report announces it.' },
    defaultConfiguration: { level: 'error' },
  },
  {
    id: 'verify/explained',
    shortDescription: { text: 'Requests are answered differently after the migration, as findings say.' },
    fullDescription: { text: 'ingress-nginx and the routes answer these requests differently; the findings that are named say why.' },
    defaultConfiguration: { level: 'note' },
  },
];

/** One result a cause, with the smallest request that shows it. */
export function sarifCompared(causes: readonly ComparedCause[]): SarifContent {
  const results = causes.map(({ cause, explained, fails, count, line, curl, at }) => ({
    ruleId: explained ? 'verify/explained' : 'verify/unexplained',
    ruleIndex: explained ? 1 : 0,
    level: fails ? 'error' : 'note',
    message: { text: literal(`${count} ${count === 1 ? 'request is' : 'requests are'} answered differently, such as ${line} (${curl})`) },
    locations: [{ physicalLocation: placeOfPosition(at) }],
    partialFingerprints: fingerprintsFor(sha256(JSON.stringify(['verify', explained, cause])).slice(0, 32)),
    properties: { cause, requests: count },
  }));
  return { rules, results };
}
