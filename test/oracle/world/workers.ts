import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';

function titleOf(pid: string, root: string): string | undefined {
  try {
    const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return title.startsWith('nginx: worker process') && readlinkSync(`/proc/${pid}/root`) === root ? title : undefined;
  } catch {
    // Gone between two looks.
    return undefined;
  }
}

/**
 * How many workers of the nginx in this root take connections. After a reload the old one goes on until it is told to leave, a tenth of a
 * second after the new one has started.
 * Source: ngx_master_process_cycle and ngx_worker_process_cycle in https://github.com/nginx/nginx/blob/release-1.26.3/src/os/unix/ngx_process_cycle.c
 */
export function workersOf(root: string): number {
  const real = realpathSync(root);
  const titles = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [titleOf(name, real)] : []));
  return titles.filter((title) => title !== undefined && !title.includes('shutting down')).length;
}
