import { defineCodes, raise } from '../../diagnostics/finding.ts';
import type { BlockListIntent } from '../../plan/intents.ts';
import type { Lower } from '../define.ts';
import { namespaceOf } from '../lower-rule.ts';
import { readRegex } from '../regex.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

const matches = 'https://gateway-api.sigs.k8s.io/reference/spec/#httpheadermatch';

export const blockListCodes = defineCodes({
  'block-list/answers-500': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Requests that {key} refuses get 500 instead of 403, from a rule without backend before each rule.',
    why: 'A rule of the Gateway API can match {header} by a RegularExpression, whose dialect is up to the implementation, and cannot answer 403.',
    do: 'Test one refused client on your gateway before the switch.',
    source: matches,
  },
  'block-list/refused': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'Requests that {key} refuses get 403 with an empty body, from a rule before each rule.',
    why: 'A rule of the Gateway API can match {header} by a RegularExpression, whose dialect is up to the implementation.',
    do: 'Test one refused client on your gateway before the switch.',
    source: matches,
  },
  'block-list/lost': {
    fidelity: 'lost',
    risk: 'security',
    what: '{key} is lost, so all rules are closed: they answer 500 and forward nothing.',
    why: 'It holds {pattern}, which RE2 cannot say, so its clients could not be told from others.',
    do: 'Write the pattern without look-around and back-references, or refuse these clients elsewhere and accept this code.',
    source: matches,
  },
});

const special = /[\\^$.*+?()[\]{}|]/g;
const longestValue = 4096;
const frame = '^(?:)$'.length;

function branchOf(pattern: BlockListIntent['patterns'][number]): string {
  if (pattern.kind === 'text') return `(?i:${pattern.text.replace(special, '\\$&')})`;
  return `.*(?${pattern.ignoreCase ? 'i' : ''}:${pattern.text}).*`;
}

/** As few expressions as the length of a value allows. */
function expressionsOf(patterns: BlockListIntent['patterns']): readonly string[] {
  const groups: string[] = [];
  for (const branch of patterns.map(branchOf)) {
    const last = groups.at(-1);
    if (last === undefined || last.length + branch.length + 1 + frame > longestValue) groups.push(branch);
    else groups[groups.length - 1] = `${last}|${branch}`;
  }
  return groups.map((group) => `^(?:${group})$`);
}

const isUnsayable = (pattern: BlockListIntent['patterns'][number]): boolean =>
  branchOf(pattern).length + frame > longestValue || (pattern.kind === 'regex' && readRegex(pattern.text).unsupported.length > 0);

export const lowerBlockList: Lower<'block-list'> = (intent, draft, context) => {
  const subject = subjectOf(intent, context);
  const key = keyOf(intent);
  const unsayable = intent.patterns.find(isUnsayable);
  if (unsayable !== undefined) return { kind: 'closed', findings: [raise(blockListCodes, 'block-list/lost', subject, { key, pattern: unsayable.text })] };
  const response = context.respond?.({ status: 403, body: '', contentType: '' }, namespaceOf(context));
  const code = response === undefined ? 'block-list/answers-500' : 'block-list/refused';
  const suffix = `refused-${intent.header.toLowerCase()}`;
  expressionsOf(intent.patterns).forEach((value, index) => {
    const headers = [{ type: 'RegularExpression', name: intent.header, value } as const];
    draft.branches.push({ suffix: index === 0 ? suffix : `${suffix}-${index + 1}`, headers, backendRefs: [], closedBy: code, response });
  });
  return { kind: 'approximate', findings: [raise(blockListCodes, code, subject, { key, header: intent.header })] };
};
