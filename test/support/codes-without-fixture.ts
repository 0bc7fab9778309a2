/** Codes that no file in a folder can raise, and the test that raises each. */
export const raisedElsewhere: Readonly<Record<string, string>> = {
  'annotation/unaccounted': 'test/unit/annotations/collect.test.ts',
};
