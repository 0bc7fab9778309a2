/** Processor time of this process in milliseconds: other programs on a busy machine do not count. */
async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const times = 16;

/**
 * How much longer `work` takes for sixteen times the size, by the least of three runs of each: about 1 where the time is in proportion, 16 where it is
 * quadratic. A ratio of one run, so that it says the same on every machine.
 */
export async function growth(work: (size: number) => unknown, size: number): Promise<number> {
  const least = async (of: number): Promise<number> => {
    const runs: number[] = [];
    for (let run = 0; run < 3; run += 1) runs.push(await processorTime(() => work(of)));
    return Math.min(...runs);
  };
  await work(size);
  // Below a millisecond the clock decides.
  return (await least(size * times)) / times / Math.max(1, await least(size));
}

/** Between linear and quadratic, with room for what a collector of garbage adds. */
export const inProportion = 8;
