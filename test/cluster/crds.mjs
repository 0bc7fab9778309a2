// crds.mjs CACHE: writes the CRDs of every supported Gateway API release and channel, and Envoy Gateway's, to CACHE/crds, out of Go modules.
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { inChart, modulePath as envoyGateway, release as envoyRelease } from '../../scripts/schemas/envoy-gateway.mjs';
import { channels, inChannel, modulePath as gatewayApi, releases } from '../../scripts/schemas/gateway-api.mjs';
import { downloadModule } from '../../scripts/schemas/module.mjs';
import { readZip } from '../../scripts/schemas/zip.mjs';

const directory = join(process.argv[2], 'crds');
mkdirSync(directory, { recursive: true });

/** Every object of the YAML members that `wanted` accepts: CRDs, and the admission policy that comes with them from 1.5 on. */
function objectsOf(module, wanted) {
  const members = readZip(module.zip, (name) => name.endsWith('.yaml') && !name.endsWith('kustomization.yaml') && wanted(name));
  return [...members.values()].flatMap((text) => parseAllDocuments(text).map((document) => document.toJS())).filter((object) => object?.kind !== undefined);
}

function write(name, objects) {
  const file = join(directory, `${name}.json`);
  if (existsSync(file)) return;
  const found = objects();
  if (found.length === 0) throw new Error(`${name}: the module holds no CRDs where they were`);
  writeFileSync(`${file}.part`, JSON.stringify(found));
  renameSync(`${file}.part`, file);
}

for (const release of releases) {
  for (const channel of channels) write(`${release}-${channel}`, () => objectsOf(downloadModule(gatewayApi, release), inChannel(channel)));
}
write(`envoy-gateway-${envoyRelease}`, () => objectsOf(downloadModule(envoyGateway, envoyRelease), inChart));
