import type { Intent } from '../../plan/intents.ts';

/** What the user wrote, for messages: the annotation's whole key. */
export function keyOf({ from: [first], setting }: Intent): string {
  if (first !== undefined) return first.key;
  return setting === undefined ? "the controller's ConfigMap" : `${setting.key} of the controller ConfigMap`;
}
