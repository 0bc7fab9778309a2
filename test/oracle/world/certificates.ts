import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject } from '../../traffic/object.ts';
import type { KeyPair } from '../../traffic/supply.ts';

const made = new Map<string, KeyPair>();
const supplied = new Set<string>();

/** The certificate of this Secret (namespace/name) of the input was made here. */
export const isSupplied = (secret: string): boolean => supplied.has(secret);

/** Names beyond these cannot stand in a certificate. */
const nameable = /^(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/** A certificate for these hosts that also says which Secret it is of, so that an answer tells where it comes from. */
export function certificateFor(secret: string, hosts: readonly string[]): KeyPair {
  const names = [...new Set(hosts.filter((host) => nameable.test(host)))].sort();
  const extension = `subjectAltName=URI:secret:${secret},${(names.length === 0 ? ['nobody.invalid'] : names).map((name) => `DNS:${name}`).join(',')}`;
  const known = made.get(extension);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  const [key, certificate] = [join(folder, 'key'), join(folder, 'crt')];
  const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '3650', '-subj', '/CN=oracle'];
  execFileSync('openssl', ['req', '-x509', ...options, '-addext', extension, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const pair = { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') };
  rmSync(folder, { recursive: true });
  made.set(extension, pair);
  return pair;
}

/** The Secret whose certificate has these alternative names; `default` for nginx's own. */
export function secretOf(names: string): string {
  return /URI:secret:([^,]*)/.exec(names)?.[1] ?? 'default';
}

interface Spec {
  readonly rules?: readonly { readonly host?: string }[];
  readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
}

const keyOf = (namespace: string | undefined, name: string): string => `${namespace ?? 'default'}/${name}`;

export function tlsSecret(namespace: string, name: string, { key, certificate }: KeyPair): KubernetesObject {
  const data = { 'tls.crt': Buffer.from(certificate).toString('base64'), 'tls.key': Buffer.from(key).toString('base64') };
  return { kind: 'Secret', metadata: { name, namespace }, type: 'kubernetes.io/tls', data };
}

/** Secrets that tls sections name and nobody gives: each covers the hosts it is for, and those of the rules where it names none. */
export function tlsSecrets(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const given = new Set(objects.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => keyOf(metadata.namespace, metadata.name)));
  const hosts = new Map<string, string[]>();
  for (const { kind, metadata, spec } of objects) {
    if (kind !== 'Ingress') continue;
    const { rules = [], tls = [] } = (spec ?? {}) as Spec;
    for (const { hosts: listed = [], secretName = '' } of tls) {
      const key = keyOf(metadata.namespace, secretName);
      if (secretName === '' || given.has(key)) continue;
      hosts.set(key, [...(hosts.get(key) ?? []), ...(listed.length > 0 ? listed : rules.map(({ host = '' }) => host))]);
    }
  }
  supplied.clear();
  return [...hosts].map(([key, names]) => {
    const [namespace = '', name = ''] = key.split('/');
    supplied.add(key);
    return tlsSecret(namespace, name, certificateFor(key, names));
  });
}
