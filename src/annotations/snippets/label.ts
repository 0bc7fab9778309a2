import type { SnippetDirective } from './scan.ts';

const longest = 60;

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

/** Directives whose first words say what they are about, without a value: values may hold credentials, and reports travel. */
const named: ReadonlySet<string> = new Set([
  ...['proxy_set_header', 'grpc_set_header', 'add_header', 'proxy_hide_header', 'grpc_hide_header', 'proxy_pass_header', 'set', 'error_page', 'auth_request_set'],
]);

/** What a directive is called in messages. */
export function labelOf({ name, args, block }: SnippetDirective): string {
  const first = (args[0] ?? '').replace(/\s+/g, ' ');
  if (block !== undefined) return cut(`${name} ${args.join(' ').replace(/\s+/g, ' ')}`.trimEnd());
  if (named.has(name)) return cut(`${name} ${first}`);
  if (name.startsWith('more_') && !first.startsWith('-')) return cut(`${name} ${first.replace(/:.*$/, '')}`);
  return name === 'return' && /^\d{3}$/.test(first) ? `${name} ${first}` : cut(name);
}
