/** Its reports. */
const folder = 'coverage/mutation';

export default {
  testRunner: 'bundle',
  plugins: ['./test/mutation/runner.js'],
  mutate: ['src/{nginx,plan,verify}/**/*.ts', '!src/**/*codes.ts'],
  // Copied for every run: what the tests need is enough.
  ignorePatterns: ['/*', '!/src', '!/test', '/test/*', '!/test/unit', '!/test/support', '!/fixtures', '/fixtures/*', '!/fixtures/scenarios', 'expected', '!/package.json'],
  coverageAnalysis: 'perTest',
  // Each of them costs all tests of a stage.
  ignoreStatic: true,
  // Endless loops are ended by the number of times that a fault is passed; the clock would take a busy machine for one.
  timeoutMS: 120_000,
  concurrency: 1,
  jsonReporter: { fileName: `${folder}/report.json` },
  htmlReporter: { fileName: `${folder}/report.html` },
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false },
  tempDirName: '.stryker-tmp',
};
