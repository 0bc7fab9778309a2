import { defineConfig } from "vitest/config";

// Every core: the default leaves one free, which is half of a small machine.
export default defineConfig({ test: { include: ["test/**/*.test.ts"], exclude: ["test/browser/**"], testTimeout: 60_000, hookTimeout: 180_000, maxWorkers: "100%" } });
