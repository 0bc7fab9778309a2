import { clusterCodes } from '../../src/input/cluster/codes.ts';
import { codesWithoutFixture } from '../../src/input/codes.ts';

const cli = 'test/cli/input.test.ts';
const live = 'test/cli/live.test.ts';
const baseline = 'test/cli/baseline.test.ts';
const references = 'test/unit/validate/references.test.ts';
const status = 'test/unit/live/status.test.ts';
const dryRun = 'test/cli/diff-live.test.ts';
const schema = 'test/unit/validate/schema.test.ts';

/** Codes that no file in a folder can raise, and the test that raises each. */
export const raisedElsewhere: Readonly<Record<string, string>> = {
  ...Object.fromEntries(codesWithoutFixture.map((code) => [code, cli])),
  ...Object.fromEntries(Object.keys(clusterCodes).map((code) => [code, live])),
  ...Object.fromEntries(['service', 'certificate', 'secret'].map((what) => [`absent/${what}`, live])),
  'baseline/expired': baseline,
  'baseline/unused': baseline,
  'refused/lost': 'test/unit/targets/lower.test.ts',
  'annotation/unaccounted': 'test/unit/annotations/collect.test.ts',
  ...Object.fromEntries(['no-controller', 'not-accepted', 'unresolved', 'not-programmed', 'partially-invalid', 'conflicted', 'outdated'].map((fact) => [`status/${fact}`, status])),
  ...Object.fromEntries(['refused', 'not-allowed', 'no-namespace', 'not-served', 'warning', 'unanswered'].map((fact) => [`dry-run/${fact}`, dryRun])),
  'internal/broken-reference': references,
  'internal/closed-rule-forwards': references,
  'internal/duplicate-object': references,
  'internal/invalid-output': schema,
  'internal/unserved-kind': schema,
};
