import type { InputProvider } from '../define.ts';

/** The input that stands for the cluster: no file can be meant by it on the command line, since the options name the cluster. */
export const clusterInput = 'cluster:';

export const cluster: InputProvider = {
  id: 'cluster',
  accepts: (input) => input === clusterInput,
  read: async function* (_input, options) {
    if (options.cluster === undefined) return;
    const { readCluster } = await import('./read.ts');
    yield* readCluster(options.cluster);
  },
};
