import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, TestStatus, determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { configureGlobal } from 'fast-check';
import { bundleTests } from './bundle.js';
import { collect, loadingOf } from './suite.js';

/** Properties take minutes for each fault; tests that measure time fail under instrumentation. */
const left = { file: 'test/unit/nginx/properties.test.ts', name: /take time in proportion/ };

/**
 * Runs the unit tests of the three stages in Stryker's own process, from one bundle that is evaluated anew for every fault. Stryker's runner for vitest starts a worker, transforms and imports everything for each fault, which
 * takes seconds where the tests take milliseconds. A fresh evaluation also asks about faults in constants.
 */
class BundleRunner {
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    configureGlobal({ seed: 1 });
    this.evaluate = await bundleTests((file) => file !== left.file);
  }

  /** The sources are loaded before the tests: what they compute then counts for every test, what a file of tests computes while it is loaded for that file alone. */
  async dryRun() {
    const state = begin({});
    const files = this.evaluate();
    for (const load of Object.values(files.sources)) await load();
    const tests = await runTests(Object.entries(files.tests), undefined, false);
    return { status: DryRunStatus.Complete, tests, mutantCoverage: state.mutantCoverage };
  }

  /** The tests of a stage judge its faults: those of a later one see more of it, and from further away. A fault in a constant comes without a list of tests. */
  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail, sandboxFileName }) {
    const state = begin({ activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    const [, stage] = /src\/(\w+)\//u.exec(sandboxFileName);
    const files = Object.entries(this.evaluate().tests).filter(([file]) => file.startsWith(`test/unit/${stage}/`));
    const tests = await runTests(files, testFilter && new Set(testFilter), !disableBail);
    return toMutantRunResult(determineHitLimitReached(state.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests });
  }
}

/** What the instrumented code reads and writes, by the names of Stryker's INSTRUMENTER_CONSTANTS. */
function begin(state) {
  globalThis.__stryker__ = state;
  return state;
}

/** Whatever happens until the next call is done by this test. */
function attribute(id) {
  globalThis.__stryker__.currentTestId = id;
}

async function runTests(files, wanted, bail) {
  const results = [];
  for (const [file, load] of files) {
    if (wanted && ![...wanted].some((id) => id.startsWith(`${file}#`))) continue;
    const loading = loadingOf(file);
    attribute(loading);
    const tests = (await collect(file, load)).filter(({ name }) => !left.name.test(name));
    for (const test of tests) {
      if (wanted && !wanted.has(test.id) && !wanted.has(loading) && test.id !== loading) continue;
      const result = await resultOf(test);
      results.push(result);
      if (bail && result.status === TestStatus.Failed) return results;
    }
  }
  attribute(undefined);
  return results;
}

async function resultOf({ id, name, file, body }) {
  attribute(id);
  const start = performance.now();
  const about = () => ({ id, name, fileName: file, timeSpentMs: performance.now() - start });
  try {
    await body();
    return { ...about(), status: TestStatus.Success };
  } catch (error) {
    return { ...about(), status: TestStatus.Failed, failureMessage: String(error?.message ?? error) };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'bundle', BundleRunner)];
