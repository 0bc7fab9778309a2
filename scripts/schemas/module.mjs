// CRDs out of Go modules: `go mod download` checks the archive against the checksum database.
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { parseAllDocuments } from 'yaml';
import { readZip } from './zip.mjs';

/**
 * Archive and h1 sum of a module. A release may ask for a newer Go than the one here: the command then fails after it has stored
 * the archive, so only a missing archive is an error.
 */
export function downloadModule(path, version) {
  const { stdout, error } = spawnSync('go', ['mod', 'download', '-json', `${path}@${version}`], { cwd: tmpdir(), encoding: 'utf8' });
  if (error !== undefined) throw new Error(`the Go toolchain is needed to read ${path}: ${error.message}`);
  const { Zip: zip, Sum: sum, Error: message } = JSON.parse(stdout);
  if (zip === undefined) throw new Error(`${path}@${version}: ${message}`);
  return { module: path, version, sum, zip };
}

/** CustomResourceDefinitions in the YAML members that `wanted` accepts. */
export function readDefinitions({ zip }, wanted) {
  return [...readZip(zip, (name) => name.endsWith('.yaml') && wanted(name)).values()]
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()))
    .filter((object) => object?.kind === 'CustomResourceDefinition');
}
