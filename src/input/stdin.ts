import { readStream } from './bytes.ts';
import type { InputProvider } from './define.ts';

export const stdin: InputProvider = {
  id: 'stdin',
  accepts: (input) => input === '-',
  read: async function* (_input, options) {
    yield await readStream('-', options.stdin());
  },
};
