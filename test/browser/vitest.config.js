import { defineConfig } from "vitest/config";

/** Apart from the other tests: these need a browser on the machine (see test/browser/browser.ts). */
export default defineConfig({ test: { include: ["test/browser/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false } });
