import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;

/**
 * A worker looks for backends once a second, and takes no second version of them within a second of the clock: where two inputs follow each
 * other that fast, it would serve the first for good.
 * Source: sync_backends in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.11.1/rootfs/etc/nginx/lua/balancer.lua
 */
const faster: readonly (readonly [file: string, slow: string, fast: string])[] = [
  ['configuration.lua', 'local raw_backends_last_synced_at = ngx.time()', 'local raw_backends_last_synced_at = ngx.now()'],
  ['balancer.lua', 'local BACKENDS_SYNC_INTERVAL = 1\n', 'local BACKENDS_SYNC_INTERVAL = 0.05\n'],
];

function hasten(lua: string): void {
  for (const [file, slow, fast] of faster) {
    const text = readFileSync(join(lua, file), 'utf8');
    if (!text.includes(slow)) throw new Error(`${file} of the controller has changed: no ${slow}`);
    writeFileSync(join(lua, file), text.replace(slow, fast));
  }
}

/** Puts the controller, its templates and the stand-ins for missing Lua libraries into the chroot. */
export function prepare(state: string, apiPort: number): string {
  const root = join(state, 'root');
  const source = join(state, 'controller');
  for (const name of ['lua', 'template']) {
    rmSync(join(root, 'etc/nginx', name), { recursive: true, force: true });
    cpSync(join(source, 'etc/nginx', name), join(root, 'etc/nginx', name), { recursive: true });
  }
  hasten(join(root, 'etc/nginx/lua'));
  cpSync(join(source, 'etc/nginx/nginx.conf'), join(root, 'etc/nginx/nginx.conf'));
  for (const path of ['etc/ingress-controller/auth', 'tmp/nginx', 'oracle']) rmSync(join(root, path), { recursive: true, force: true });
  const folders = ['oracle', 'usr/local/share/lua/5.1', 'etc/ingress-controller/ssl', 'etc/ingress-controller/auth', 'etc/ingress-controller/telemetry', 'sys/fs/cgroup', 'tmp/nginx', 'var/log/nginx', 'etc/nginx/geoip'];
  for (const path of folders) mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, 'etc/resolv.conf'), 'nameserver 127.0.0.1\n');
  cpSync(join(here, '../controller/lua'), join(root, 'usr/local/share/lua/5.1'), { recursive: true });
  cpSync(join(source, 'nginx-ingress-controller'), join(root, 'oracle/nginx-ingress-controller'));
  for (const script of ['nginx.sh', 'start.sh']) {
    cpSync(join(here, '../controller', script), join(root, 'oracle', script));
    chmodSync(join(root, 'oracle', script), 0o755);
  }
  const cluster = { name: 'o', cluster: { server: `http://127.0.0.1:${apiPort}` } };
  const config = { apiVersion: 'v1', kind: 'Config', clusters: [cluster], contexts: [{ name: 'o', context: { cluster: 'o', user: 'o' } }], users: [{ name: 'o', user: {} }], 'current-context': 'o' };
  writeFileSync(join(root, 'oracle/kubeconfig'), JSON.stringify(config));
  return root;
}
