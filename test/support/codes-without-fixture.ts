import { clusterCodes } from '../../src/input/cluster/codes.ts';
import { codesWithoutFixture } from '../../src/input/codes.ts';

const cli = 'test/cli/input.test.ts';
const live = 'test/cli/live.test.ts';
const baseline = 'test/cli/baseline.test.ts';
const references = 'test/unit/validate/references.test.ts';
const schema = 'test/unit/validate/schema.test.ts';

/** Codes that no file in a folder can raise, and the test that raises each. */
export const raisedElsewhere: Readonly<Record<string, string>> = {
  ...Object.fromEntries(codesWithoutFixture.map((code) => [code, cli])),
  ...Object.fromEntries(Object.keys(clusterCodes).map((code) => [code, live])),
  'baseline/expired': baseline,
  'baseline/unused': baseline,
  'refused/lost': 'test/unit/targets/lower.test.ts',
  'annotation/unaccounted': 'test/unit/annotations/collect.test.ts',
  'internal/broken-reference': references,
  'internal/closed-rule-forwards': references,
  'internal/duplicate-object': references,
  'internal/invalid-output': schema,
  'internal/unserved-kind': schema,
};
