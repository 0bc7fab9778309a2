import { isFields, type Fields } from '../reading.ts';

/** Namespace and name as an object states them; '' where it does not. */
export function nameOf(object: Fields): { readonly namespace: string; readonly name: string } {
  const metadata = isFields(object['metadata']) ? object['metadata'] : {};
  const part = (field: string): string => (typeof metadata[field] === 'string' ? metadata[field] : '');
  return { namespace: part('namespace'), name: part('name') };
}
