import { existsSync, readFileSync } from 'node:fs';

const file = `${process.env['GWMIGRATE_ORACLE'] ?? ''}/controller/version`;

/** Version of the controller that was built: a release such as `v1.15.0`, or the one of July 2024 that Go's module proxy serves. */
export const controllerVersion = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'v0.0.0';

/** 1.12 tightened defaults, writes paths in quotes and has annotations that the older one lacks. */
export const isOlder = controllerVersion.startsWith('v0.');
