import type { InputProvider } from './define.ts';
import { cluster } from './cluster/provider.ts';
import { files } from './files.ts';
import { stdin } from './stdin.ts';

/** Asked in this order; `files` accepts every name. */
export const providers: readonly InputProvider[] = [cluster, stdin, files];
