import type { Intent } from '../../plan/intents.ts';

/** What the user wrote, for messages: the annotation's whole key. */
export function keyOf({ from: [first] }: Intent): string {
  return first?.key ?? "the controller's ConfigMap";
}
