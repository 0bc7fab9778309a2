// Derives schemas/gateway-api, schemas/envoy-gateway and schemas/defaults.json from the CRDs of the projects. `--check` compares instead of writing.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createDefaults } from './schemas/defaults.mjs';
import * as envoy from './schemas/envoy-gateway.mjs';
import * as gateway from './schemas/gateway-api.mjs';
import { createLibrary } from './schemas/library.mjs';
import { downloadModule, readDefinitions } from './schemas/module.mjs';

const pretty = (value) => `${JSON.stringify(value, undefined, 2)}\n`;
const sourceOf = ({ module, version, sum }) => ({ module, version, sum });
const defaults = createDefaults();
const sortedObject = (entries) => Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));

function gatewayApi() {
  const library = createLibrary();
  const index = {};
  const sources = [];
  for (const release of gateway.releases) {
    const module = downloadModule(gateway.modulePath, release);
    sources.push(sourceOf(module));
    index[release] = Object.fromEntries(gateway.channels.map((channel) => {
      const definitions = readDefinitions(module, gateway.inChannel(channel)).filter(gateway.isVendored);
      const entries = definitions.flatMap((definition) => gateway.versionsOf(definition).map((version) => {
        defaults.add(definition, version);
        return [`${definition.spec.group}/${version.name}/${definition.spec.names.kind}`, library.add(definition, version, `${release} ${channel}`)];
      }));
      return [channel, sortedObject(entries)];
    }));
  }
  return new Map([...library.files(), ['index.json', pretty(index)], ['source.json', pretty(sources)]]);
}

function envoyGateway() {
  const library = createLibrary();
  const module = downloadModule(envoy.modulePath, envoy.release);
  const entries = readDefinitions(module, envoy.inChart).filter(envoy.isVendored).flatMap((definition) => definition.spec.versions.map((version) => {
    defaults.add(definition, version);
    return [`${definition.spec.group}/${version.name}/${definition.spec.names.kind}`, library.add(definition, version, envoy.release, envoy.keepFor(definition))];
  }));
  const index = { [envoy.folder]: sortedObject(entries) };
  return new Map([...library.files(), ['index.json', pretty(index)], ['source.json', pretty([sourceOf(module)])]]);
}

const root = new URL('../schemas/', import.meta.url).pathname;
const folders = { 'gateway-api': gatewayApi(), 'envoy-gateway': envoyGateway() };
const check = process.argv.includes('--check');
const defaultsFile = join(root, 'defaults.json');
const defaultsText = `{\n${Object.entries(defaults.table()).map(([kind, node]) => `${JSON.stringify(kind)}: ${JSON.stringify(node)}`).join(',\n')}\n}\n`;

if (!check) writeFileSync(defaultsFile, defaultsText);
else if (!existsSync(defaultsFile) || readFileSync(defaultsFile, 'utf8') !== defaultsText) {
  process.stderr.write('schemas/defaults.json is not what the script makes of the CRDs\n');
  process.exitCode = 1;
}

for (const [folder, files] of Object.entries(folders)) {
  const base = join(root, folder);
  if (check) {
    const existing = existsSync(base) ? readdirSync(base, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length : 0;
    const stale = [...files].filter(([name, text]) => !existsSync(join(base, name)) || readFileSync(join(base, name), 'utf8') !== text).map(([name]) => name);
    if (stale.length > 0 || existing !== files.size) {
      process.stderr.write(`schemas/${folder} is not what the script makes of the CRDs: ${stale.join(', ') || 'surplus files'}\n`);
      process.exitCode = 1;
    }
    continue;
  }
  rmSync(base, { recursive: true, force: true });
  for (const [name, text] of files) {
    mkdirSync(dirname(join(base, name)), { recursive: true });
    writeFileSync(join(base, name), text);
  }
}
