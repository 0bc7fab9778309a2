import { annotationCodes } from './annotation-codes.ts';
import { clusterCodes } from './cluster/codes.ts';
import { documentCodes } from './document-codes.ts';
import { fileCodes } from './file-codes.ts';
import { objectCodes } from './object-codes.ts';
import { specCodes } from './spec-codes.ts';

/** Every code of the input stage. */
export const codes = { ...fileCodes, ...documentCodes, ...objectCodes, ...specCodes, ...annotationCodes, ...clusterCodes };

/** Codes that no single small file can raise: tests of the command line do. */
export const codesWithoutFixture: readonly (keyof typeof codes)[] = [
  'input/cannot-open',
  'input/no-manifests',
  'input/file-too-large',
  'input/not-text',
  'input/document-too-large',
];
