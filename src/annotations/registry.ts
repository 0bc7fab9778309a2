import type { AnnotationFamily } from './define.ts';

/**
 * Every family, sorted by id. A new one is its file and a line here: `import { cors } from './cors.ts'` and `cors` in the list.
 * The order is also the order of intents on a location, so it must not depend on anything but the ids.
 */
export const families: readonly AnnotationFamily[] = [];
