// Builds after an installation in a checkout, and where npm makes a package of the repository. Installed globally from git, as pre-commit
// does, npm before the fix runs this without the dependencies of the build: https://github.com/npm/cli/issues/8440
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

process.chdir(new URL('..', import.meta.url).pathname);
if (!existsSync('node_modules/rolldown')) {
  const { npm_config_global, npm_config_prefix, npm_config_global_prefix, ...env } = process.env;
  execFileSync('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'], { stdio: 'inherit', env });
}
await import('./build.mjs');
