import { defineCodes, raise, type Finding, type Subject } from '../../diagnostics/finding.ts';
import type { Lower, Verdict } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

export const headerCodes = defineCodes({
  'headers/percent-sign': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Header {header} of {key} is not set.',
    why: 'Its value holds a percent sign, for which there is no portable spelling: gateways built on Envoy read it as the start of a variable and refuse the whole listener.',
    do: 'Choose a value without a percent sign, or name your gateway with --target.',
  },
  'headers/unsayable': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Header {header} of {key} is not set.',
    why: 'A header filter takes at most 16 headers, HTTP token names, fixed values of up to 4096 characters, and neither Host nor Connection: {reason}.',
    do: 'Let the application set or read something else.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpheaderfilter',
  },
});

const maximumHeaders = 16;
const maximumValueLength = 4096;
const token = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
const reserved: ReadonlySet<string> = new Set(['host', 'connection']);

interface Wanted {
  readonly name: string;
  readonly value: string;
}

/** Why a header cannot be set; undefined when it can. */
function obstacle({ name, value }: Wanted, already: ReadonlyMap<string, string>): string | undefined {
  if (!token.test(name)) return 'the name is no token';
  if (reserved.has(name.toLowerCase())) return `${name} is not a header to set`;
  if (value.length > maximumValueLength || value === '') return 'the value is empty or too long';
  return already.size >= maximumHeaders && !already.has(name) ? 'there are more' : undefined;
}

/** `%%` is what targets on Envoy make of a percent sign before they come here; one that stands alone is a danger on any of them. */
const hasBarePercent = (value: string): boolean => value.replaceAll('%%', '').includes('%');

function setHeaders(wanted: readonly Wanted[], into: Map<string, string>, subject: Subject, key: string): Verdict {
  const findings: Finding[] = [];
  for (const header of wanted) {
    const reason = obstacle(header, into);
    if (reason !== undefined) findings.push(raise(headerCodes, 'headers/unsayable', subject, { header: header.name, key, reason }));
    else if (hasBarePercent(header.value)) findings.push(raise(headerCodes, 'headers/percent-sign', subject, { header: header.name, key }));
    else into.set(header.name, header.value);
  }
  const [first, ...others] = findings;
  return first === undefined ? { kind: 'exact' } : { kind: 'lost', findings: [first, ...others] };
}

export const lowerRequestHeaders: Lower<'request-headers'> = (intent, draft, context) =>
  setHeaders(intent.set, draft.requestHeaders.set, subjectOf(intent, context), keyOf(intent));

export const lowerResponseHeaders: Lower<'response-headers'> = (intent, draft, context) =>
  setHeaders(intent.set, draft.responseHeaders.set, subjectOf(intent, context), keyOf(intent));
