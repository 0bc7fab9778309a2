import type { PasswordFormat } from '../model/inventory.ts';

/**
 * How a hash starts, by the name of its kind. Nothing behind the start is looked at.
 * Sources: https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html#auth_basic_user_file and crypt(5)
 */
const starts: readonly (readonly [RegExp, PasswordFormat])[] = [
  [/^\$apr1\$/, 'apr1'],
  [/^\$2[abxy]?\$/, 'bcrypt'],
  [/^\{SHA\}/i, 'SHA'],
  [/^\{SSHA\}/i, 'SSHA'],
  [/^\{PLAIN\}/i, 'plain'],
  [/^\$[156]\$/, 'crypt'],
];

/** Longest start there is. */
const startLength = 7;

/** Of one hash; without a start of its own it is one of the old crypt(3), or a text that lets nobody in. */
function formatOf(hash: string): PasswordFormat {
  const start = hash.slice(0, startLength);
  return starts.find(([pattern]) => pattern.test(start))?.[1] ?? 'crypt';
}

/** `user:hash` a line, or a hash alone (auth-map has the user as its key). */
function formatsIn(text: string): readonly PasswordFormat[] {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return [...new Set(lines.map((line) => formatOf(line.slice(line.indexOf(':') + 1))))].sort();
}

type Values = Readonly<Record<string, unknown>>;

/** Kinds of hashes by key of a Secret. The values live no longer than this call. */
export function passwordFormats(data: Values, stringData: Values): ReadonlyMap<string, readonly PasswordFormat[]> {
  const formats = new Map<string, readonly PasswordFormat[]>();
  for (const [key, value] of Object.entries(data)) if (typeof value === 'string') formats.set(key, formatsIn(Buffer.from(value, 'base64').toString('latin1')));
  // stringData wins: https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/secret-v1/
  for (const [key, value] of Object.entries(stringData)) if (typeof value === 'string') formats.set(key, formatsIn(value));
  return formats;
}
