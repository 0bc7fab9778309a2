import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, TestStatus, determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { configureGlobal } from 'fast-check';
import { bundleTests } from './bundle.js';
import { collect, loadingOf } from './suite.js';

/** Properties take minutes for each fault; tests that measure time fail under instrumentation. */
const left = { file: 'test/unit/nginx/properties.test.ts', name: /take time in proportion/ };

/** What the instrumented code reads and writes, by the names of Stryker's INSTRUMENTER_CONSTANTS. It looks the object up once, so there is one. */
const shared = (globalThis.__stryker__ = {});
const activate = (id, hitLimit) => Object.assign(shared, { activeMutant: id, hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });

/** Sources and tests as they are after one evaluation of the bundle. */
class World {
  collected = new Map();

  constructor({ tests, sources }) {
    Object.assign(this, { tests, sources });
  }

  async testsOf(file) {
    if (!this.collected.has(file)) {
      shared.currentTestId = loadingOf(file);
      this.collected.set(file, (await collect(file, this.tests[file])).filter(({ name }) => !left.name.test(name)));
    }
    return this.collected.get(file);
  }

  /** Results up to the first failure, if `bail`. */
  async run(files, isWanted, bail) {
    const results = [];
    for (const file of files) {
      for (const test of await this.testsOf(file)) {
        if (!isWanted(test)) continue;
        results.push(await resultOf(test));
        if (bail && results.at(-1).status === TestStatus.Failed) return results;
      }
    }
    return results;
  }
}

/**
 * Runs the unit tests of the three stages in Stryker's own process, from one bundle of sources and tests. Stryker's runner for vitest starts a worker, transforms and imports everything for each fault, which takes seconds where
 * the tests take milliseconds.
 */
class BundleRunner {
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    configureGlobal({ seed: 1 });
    const evaluate = await bundleTests((file) => file !== left.file);
    this.fresh = () => new World(evaluate());
  }

  /** The sources are loaded before the tests: what they compute then counts for every test, what a file of tests computes while it is loaded for that file alone. */
  async dryRun() {
    activate(undefined);
    const world = this.fresh();
    for (const load of Object.values(world.sources)) await load();
    const tests = await world.run(Object.keys(world.tests), () => true, false);
    return { status: DryRunStatus.Complete, tests, mutantCoverage: shared.mutantCoverage };
  }

  /** The tests of a stage judge its faults: those of a later one see more of it, and from further away. */
  async mutantRun({ activeMutant: { id }, testFilter, hitLimit, sandboxFileName }) {
    const [, stage] = /src\/(\w+)\//u.exec(sandboxFileName);
    this.kept ??= this.fresh();
    const files = Object.keys(this.kept.tests).filter((file) => file.startsWith(`test/unit/${stage}/`));
    const tests = testFilter === undefined ? await this.ask(id, hitLimit, files, () => true) : await this.askSome(id, hitLimit, files, new Set(testFilter));
    return toMutantRunResult(determineHitLimitReached(shared.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests });
  }

  /** Everything evaluated anew with the fault, as a fault in a constant needs it. */
  async ask(id, hitLimit, files, isWanted) {
    activate(id, hitLimit);
    return await this.fresh().run(files, isWanted, true);
  }

  /** First what was evaluated before and is warm, then the files of tests that meet the fault while they are loaded. */
  async askSome(id, hitLimit, files, wanted) {
    const some = files.filter((file) => [...wanted].some((test) => test.startsWith(`${file}#`)));
    for (const file of some) {
      activate(undefined);
      await this.kept.testsOf(file);
    }
    activate(id, hitLimit);
    const results = await this.kept.run(some, (test) => wanted.has(test.id), true);
    if (results.at(-1)?.status === TestStatus.Failed) return (await this.isSound(results.at(-1))) ? results : await this.ask(id, hitLimit, some, (test) => wanted.has(test.id));
    const loading = some.filter((file) => wanted.has(loadingOf(file)));
    return loading.length === 0 ? results : await this.ask(id, hitLimit, loading, () => true);
  }

  /** Whether a test that failed passes without the fault. If not, an earlier fault has left something behind, and what was kept is thrown away. */
  async isSound({ id, fileName }) {
    const { hitCount } = shared;
    activate(undefined);
    const [again] = await this.kept.run([fileName], (test) => test.id === id, true);
    Object.assign(shared, { hitCount });
    if (again.status === TestStatus.Success) return true;
    this.kept = undefined;
    return false;
  }
}

async function resultOf({ id, name, file, body }) {
  shared.currentTestId = id;
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
