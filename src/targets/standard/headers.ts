import { defineCodes, raise, type Finding, type Subject } from '../../diagnostics/finding.ts';
import type { Lower, Verdict } from '../define.ts';
import { maximumHeaders, type HeaderDraft } from '../draft.ts';
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
  'headers/removal-lost': {
    fidelity: 'lost',
    risk: 'security',
    what: 'Header {header}, which {key} takes out of requests, cannot be taken out: the rules of the location are closed.',
    why: 'It would reach the application as the client wrote it. A header filter takes at most 16 headers, HTTP token names, and neither Host nor Connection: {reason}.',
    do: 'Remove fewer headers, or see that the application does not trust this one, and accept this code.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpheaderfilter',
  },
  'headers/unsayable': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Header {header} of {key} is left as it is.',
    why: 'A header filter takes at most 16 headers, HTTP token names, fixed values of up to 4096 characters, and neither Host nor Connection: {reason}.',
    do: 'Let the application set or read something else.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpheaderfilter',
  },
});

const maximumValueLength = 4096;
const token = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
const reserved: ReadonlySet<string> = new Set(['host', 'connection']);

interface Wanted {
  readonly name: string;
  readonly value: string;
}

/** Why a header cannot be set, added or taken away; undefined when it can. */
function obstacle({ name, value }: Wanted, already: { readonly size: number; readonly has: (name: string) => boolean }): string | undefined {
  if (!token.test(name)) return 'the name is no token';
  if (reserved.has(name.toLowerCase())) return `${name} is not a header to set`;
  if (value.length > maximumValueLength || value === '' || /[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) return 'the value is empty, too long or no text';
  return already.size >= maximumHeaders && !already.has(name) ? 'there are more' : undefined;
}

/** `%%` is what targets on Envoy make of a percent sign before they come here; one that stands alone is a danger on any of them. */
const hasBarePercent = (value: string): boolean => value.replaceAll('%%', '').includes('%');

/** The name under which a header is in the draft already: filters take names of any letter case for one. */
function nameIn(names: Iterable<string>, name: string): string {
  const lower = name.toLowerCase();
  for (const known of names) if (known.toLowerCase() === lower) return known;
  return name;
}

interface Wishes {
  readonly set: readonly Wanted[];
  readonly add?: readonly Wanted[];
  readonly remove?: readonly string[];
}

function drop({ set, add, remove }: HeaderDraft, name: string): void {
  set.delete(nameIn(set.keys(), name));
  add.delete(nameIn(add.keys(), name));
  remove.delete(nameIn(remove, name));
}

/** What cannot be taken out is told by the code. */
function removeHeaders(names: readonly string[], into: HeaderDraft, code: 'headers/unsayable' | 'headers/removal-lost', subject: Subject, key: string): readonly Finding[] {
  return names.flatMap((header) => {
    const reason = obstacle({ name: header, value: 'any' }, into.remove);
    if (reason !== undefined) return [raise(headerCodes, code, subject, { header, key, reason })];
    drop(into, header);
    into.remove.add(header);
    return [];
  });
}

function writeHeaders({ set, add = [], remove = [] }: Wishes, into: HeaderDraft, subject: Subject, key: string): Verdict {
  const findings: Finding[] = [];
  const usable = (header: Wanted, already: Parameters<typeof obstacle>[1]): boolean => {
    const reason = obstacle(header, already);
    if (reason !== undefined) findings.push(raise(headerCodes, 'headers/unsayable', subject, { header: header.name, key, reason }));
    else if (hasBarePercent(header.value)) findings.push(raise(headerCodes, 'headers/percent-sign', subject, { header: header.name, key }));
    else return true;
    return false;
  };
  for (const header of set) {
    if (!usable(header, into.set)) continue;
    drop(into, header.name);
    into.set.set(header.name, header.value);
  }
  for (const header of add) if (usable(header, into.add)) into.add.set(nameIn(into.add.keys(), header.name), header.value);
  findings.push(...removeHeaders(remove, into, 'headers/unsayable', subject, key));
  const [first, ...others] = findings;
  return first === undefined ? { kind: 'exact' } : { kind: 'lost', findings: [first, ...others] };
}

/** An application may trust what only its proxy could have written: a header that nginx takes out of every request has to go. */
export const lowerRequestHeaders: Lower<'request-headers'> = (intent, draft, context) => {
  const [subject, key] = [subjectOf(intent, context), keyOf(intent)];
  const written = writeHeaders({ ...intent, remove: [] }, draft.requestHeaders, subject, key);
  const [first, ...others] = removeHeaders([...(intent.remove ?? []), ...(intent.answered ?? [])], draft.requestHeaders, 'headers/removal-lost', subject, key);
  return first === undefined ? written : { kind: 'closed', findings: [first, ...others, ...(written.findings ?? [])] };
};

export const lowerResponseHeaders: Lower<'response-headers'> = (intent, draft, context) =>
  writeHeaders(intent, draft.responseHeaders, subjectOf(intent, context), keyOf(intent));
