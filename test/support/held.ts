import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Server } from '../../src/input/cluster/list.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use once everything unreachable is gone. */
export function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Passes requests on, and tells before each one how many of the earlier answers are still held, and the heap. */
export function watching(server: Server, tell: (held: number, heapBytes: number) => void): Server {
  const answered: WeakRef<object>[] = [];
  return {
    send: async (request) => {
      // A WeakRef keeps its object until the turn that made it or looked at it ends.
      await new Promise((resolve) => setImmediate(resolve));
      const bytes = heap();
      tell(answered.filter((answer) => answer.deref() !== undefined).length, bytes);
      const answer = await server.send(request);
      if (answer.ok && typeof answer.value === 'object' && answer.value !== null) answered.push(new WeakRef(answer.value));
      return answer;
    },
  };
}
