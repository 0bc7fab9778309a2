import type { Report } from '../../src/report/define.ts';
import { ingressText } from './html-report.ts';

/** Ends scripts, styles, comments and attributes, brings elements and handlers, and turns the line around. */
export const payload = `</script></style>--><img src=x onerror="hacked=1">'<svg/onload=hacked=1>&lt;\u202e\u0000`;

const word = 'plainword';

/** Two Ingresses that hold the word wherever a user can write one. */
export const worded: string = ['a', 'b']
  .map((letter) =>
    ingressText({
      name: `${word}-${letter}`,
      namespace: `${word}-ns`,
      host: `${word}-${letter}.example.com`,
      labels: { team: `${word}-team` },
      annotations: { 'auth-type': 'basic', 'auth-secret': `${word}-users`, 'proxy-read-timeout': '300', [`${word}-key`]: `${word}-value`, 'upstream-vhost': `${word}.internal` },
      tls: letter === 'a',
    }),
  )
  .join('\n---\n');

/** A copy that keeps the identity of objects, as reports join by it. Functions become functions with renamed results. */
function copyOf(value: unknown, rename: (text: string) => string, known: Map<unknown, unknown>): unknown {
  if (typeof value === 'string') return rename(value);
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
  const copied = known.get(value);
  if (copied !== undefined) return copied;
  const inner = (one: unknown): unknown => copyOf(one, rename, known);
  if (typeof value === 'function') {
    // The copy's functions take renamed arguments only to look up a place, which the original does not need to be exact.
    const call = (...args: readonly unknown[]): unknown => inner(Reflect.apply(value, undefined, args));
    known.set(value, call);
    return call;
  }
  const copy: unknown[] | Map<unknown, unknown> | Record<string, unknown> = Array.isArray(value) ? [] : value instanceof Map ? new Map<unknown, unknown>() : {};
  known.set(value, copy);
  if (Array.isArray(copy)) for (const item of value as readonly unknown[]) copy.push(inner(item));
  else if (copy instanceof Map) for (const [key, item] of value as Map<unknown, unknown>) copy.set(inner(key), inner(item));
  else for (const [key, item] of Object.entries(value)) copy[key] = inner(item);
  return copy;
}

/** The report as if the user had written `text` in place of the word. */
export function renamed(report: Report, text: string): Report {
  return copyOf(report, (own) => own.replaceAll(word, () => text), new Map()) as Report;
}
