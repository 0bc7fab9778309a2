import { compareText } from '../model/object.ts';

/**
 * Groups items whose heads (text every matching path starts with) let one path reach both. A head is reached by all paths that start with it,
 * so two items overlap when one head starts with the other; sorted, all of them follow the shortest. O(n log n).
 *
 * @returns groups in the order of their first item; items keep their order
 */
export function groupByOverlap<T>(items: readonly T[], headOf: (item: T) => string): readonly (readonly T[])[] {
  const order = items.map((item, index) => ({ index, head: headOf(item) }));
  order.sort((a, b) => compareText(a.head, b.head) || a.index - b.index);
  const groupOf: number[] = [];
  let shortest: string | undefined;
  let group = -1;
  for (const { index, head } of order) {
    if (shortest === undefined || !head.startsWith(shortest)) {
      shortest = head;
      group += 1;
    }
    groupOf[index] = group;
  }
  const groups = new Map<number, T[]>();
  items.forEach((item, index) => {
    const key = groupOf[index] ?? 0;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [item]);
    else list.push(item);
  });
  return [...groups.values()];
}
