import { codes as absent } from './absent-codes.ts';
import { codes as backend } from './backend-codes.ts';
import { codes as canary } from './canary-codes.ts';
import { codes as classes } from './class-codes.ts';
import { codes as controller } from './controller-codes.ts';
import { lostKeyCodes } from './controller-keys.ts';
import { codes as refusal } from './refusal-codes.ts';
import { codes as server } from './server-codes.ts';
import { codes as stream } from './stream-codes.ts';

/** Everything the stage can say. */
export const codes = { ...absent, ...backend, ...canary, ...classes, ...controller, ...lostKeyCodes, ...refusal, ...server, ...stream };
