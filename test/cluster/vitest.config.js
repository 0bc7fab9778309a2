import { defineConfig } from 'vitest/config';

/** One file after the other: each starts an API server of its own, which takes 0.4 GB. */
export default defineConfig({ test: { include: ['test/cluster/**/*.cluster.ts'], testTimeout: 600_000, hookTimeout: 400_000, fileParallelism: false } });
