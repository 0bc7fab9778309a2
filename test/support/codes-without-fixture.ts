/** Codes that no file in a folder can raise, and the test that raises each. */
export const raisedElsewhere: Readonly<Record<string, string>> = {};
