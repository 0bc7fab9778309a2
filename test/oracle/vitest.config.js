import { defineConfig } from 'vitest/config';

/** One file after the other: they share one controller's ports. */
export default defineConfig({ test: { include: ['test/oracle/**/*.oracle.ts'], testTimeout: 7_200_000, hookTimeout: 120_000, fileParallelism: false } });
