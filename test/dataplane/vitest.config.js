import { defineConfig } from 'vitest/config';

/** One file after the other: they share the gateways' ports. */
export default defineConfig({
  test: { include: ['test/dataplane/**/*.dataplane.ts'], globalSetup: 'test/dataplane/world/start.ts', testTimeout: 7_200_000, hookTimeout: 300_000, fileParallelism: false },
});
