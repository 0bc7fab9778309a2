import { readFileSync } from 'node:fs';

declare const __GWMIGRATE_VERSION__: string | undefined;

/** Set by the build; read from package.json when the sources run unbundled in tests. */
export const version: string =
  typeof __GWMIGRATE_VERSION__ === 'string'
    ? __GWMIGRATE_VERSION__
    : String((JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: unknown }).version);
