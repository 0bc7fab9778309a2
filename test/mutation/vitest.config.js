import { defineConfig } from 'vitest/config';

/** The tests that look at the mutated stages closely and are quick; without those that measure time. */
export default defineConfig({
  test: {
    include: ['test/unit/{nginx,plan,verify}/**/*.test.ts'],
    exclude: ['test/unit/nginx/properties.test.ts'],
    testNamePattern: /^(?!.*take time in proportion)/,
    testTimeout: 20_000,
  },
});
