import { visible } from './visible.ts';

/** Braces are placeholders and `[text](uri)` is a link, also in plain text: SARIF 2.1.0 3.11.5 and 3.11.6. */
export const literal = (text: string): string => visible(text).replace(/[{}]/gu, '$&$&').replaceAll('](', '] (');

/**
 * Code scanning tells alerts apart by `primaryLocationLineHash` alone. Where it is missing, the upload action hashes the text of the
 * lines, which an edit beside the finding changes; given, the action keeps it.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#result-object
 * https://github.com/github/codeql-action/blob/main/src/fingerprints.ts
 */
export const fingerprintsFor = (fingerprint: string): object => ({ 'gwmigrate/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` });
