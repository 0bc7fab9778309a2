/** What is known from the last run, and its reports. */
const folder = 'coverage/mutation';

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.js', related: false },
  mutate: ['src/{nginx,plan,verify}/**/*.ts', '!src/**/*codes.ts'],
  ignorePatterns: ['dist', 'docs', 'fixtures', 'bench', 'schemas', 'coverage'],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  timeoutMS: 20_000,
  concurrency: 1,
  incremental: true,
  incrementalFile: `${folder}/incremental.json`,
  jsonReporter: { fileName: `${folder}/report.json` },
  htmlReporter: { fileName: `${folder}/report.html` },
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false },
  tempDirName: '.stryker-tmp',
};
