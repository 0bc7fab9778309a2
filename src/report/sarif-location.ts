import type { Finding } from '../diagnostics/finding.ts';
import type { Place } from '../model/origin.ts';
import { nameOf } from './words.ts';
import { findingPlace, pathOf } from './place.ts';

/** Findings about the run as a whole, such as a flag: code scanning refuses results without a location, so they stand here. */
const noDocument = 'command-line';

const lastSurrogate = /\p{Cs}/gu;

/** Each part percent-encoded, so that a colon in the first one is no scheme. */
const encoded = (path: string): string => path.replace(lastSurrogate, '\uFFFD').split('/').map(encodeURIComponent).join('/');

/** A URI reference for an input: relative ones stay relative, so that code scanning finds them below the root of the repository. */
export function uriOf(file: string): string {
  const path = pathOf(file);
  const drive = /^[A-Za-z]:\//u.exec(path)?.[0];
  if (drive !== undefined) return `file:///${drive}${encoded(path.slice(drive.length))}`;
  return path.startsWith('/') ? `file://${encoded(path)}` : encoded(path);
}

/** A place in the input, for code scanning. */
export function placeOfPosition(at: Place | undefined): object {
  if (at === undefined) return { artifactLocation: { uri: noDocument }, region: { startLine: 1 } };
  return { artifactLocation: { uri: uriOf(at.file) }, region: { startLine: at.line ?? 1, ...(at.column === undefined ? {} : { startColumn: at.column }) } };
}

/** Where a result stands: in the input, and among the objects of the cluster. */
export function locationOf(finding: Finding): object {
  const { object } = finding;
  return {
    physicalLocation: placeOfPosition(findingPlace(finding)),
    ...(object === undefined || object.name === '' ? {} : { logicalLocations: [{ name: object.name, fullyQualifiedName: nameOf(object), kind: object.kind }] }),
  };
}
