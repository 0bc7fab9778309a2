import { raise, type Finding, type Subject } from '../diagnostics/finding.ts';
import { readBlock } from './block.ts';
import { documentCodes as codes } from './document-codes.ts';
import { expansionProblem } from './expansion.ts';
import { jsonMarker } from './marker.ts';
import { maxDepth, maxDocumentLength, maxRepairLength, mebibytes } from './limits.ts';
import type { DocumentSource } from './source.ts';
import type { Parsed } from './yaml.ts';

/** A document as plain data, or why it is none. Findings may accompany a value. */
export type Decoded = { readonly value: unknown; readonly findings: readonly Finding[] } | { readonly value: undefined; readonly failure: Finding };

type Failed = Extract<Parsed, { ok: false }>;

function aboutOffset(document: DocumentSource, offset: number): Subject {
  return { origin: { source: { file: document.file, index: document.index, locate: () => document.at(offset) }, path: [] } };
}

function aboutStart(document: DocumentSource): Subject {
  return aboutOffset(document, Math.max(0, document.text.search(/\S/u)));
}

function decodeJson(document: DocumentSource, text: string): unknown {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    document.markWith(jsonMarker);
    return value;
  } catch {
    // Flow-style YAML looks like JSON too.
    return undefined;
  }
}

/** Reads what needs no YAML parser: JSON and the plain block form. Undefined: ask `decodeExactly`. */
export function decodeQuickly(document: DocumentSource): Decoded | undefined {
  const { text } = document;
  const json = decodeJson(document, text);
  if (json !== undefined) return { value: json, findings: [] };
  const value = readBlock(text);
  return value === undefined ? undefined : { value, findings: [] };
}

function failureOf(document: DocumentSource, text: string, failed: Failed): Finding {
  const about = aboutOffset(document, failed.offset);
  const reason = failed.reason.replace(/\.$/u, '');
  if (failed.problem === 'depth') return raise(codes, 'input/too-deep', about, { limit: String(maxDepth) });
  if (failed.problem === 'aliases') return raise(codes, 'input/too-many-aliases', about, { reason });
  return raise(codes, text.includes('{{') ? 'input/helm-template' : 'input/unreadable-yaml', about, { reason });
}

function bounded(document: DocumentSource, text: string, value: unknown, findings: readonly Finding[]): Decoded {
  const problem = text.includes('*') ? expansionProblem(value) : undefined;
  if (problem === undefined) return { value, findings };
  return { value: undefined, failure: raise(codes, 'input/too-many-aliases', aboutStart(document), { reason: problem }) };
}

/** Reads any YAML. Loads the parsers that it needs. */
export async function decodeExactly(document: DocumentSource): Promise<Decoded> {
  const { text } = document;
  if (text.length > maxDocumentLength) {
    return { value: undefined, failure: raise(codes, 'input/document-too-large', aboutStart(document), { limit: mebibytes(maxDocumentLength) }) };
  }
  const yaml = await import('./yaml.ts');
  const parsed = yaml.parseQuickly(text);
  if (parsed.ok) {
    document.markWith({ mark: yaml.marksQuickly });
    return bounded(document, text, parsed.value, []);
  }
  if (parsed.problem === 'duplicate-key') {
    const lenient = yaml.parseQuickly(text, true);
    if (!lenient.ok) return { value: undefined, failure: failureOf(document, text, lenient) };
    document.markWith({ mark: yaml.marksQuickly });
    return bounded(document, text, lenient.value, [raise(codes, 'input/duplicate-key', aboutOffset(document, parsed.offset), {})]);
  }
  if (parsed.problem !== 'syntax' || text.length > maxRepairLength) {
    return { value: undefined, failure: failureOf(document, text, parsed) };
  }
  const repair = await yaml.loadRepair();
  const repaired = repair.parse(text);
  if (!repaired.ok) return { value: undefined, failure: failureOf(document, text, repaired) };
  document.markWith({ mark: repair.marks });
  return bounded(document, text, repaired.value, []);
}
