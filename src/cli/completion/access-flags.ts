import type { Command, Option } from 'commander';
import type { AccessOptions } from '../../input/cluster/options.ts';

export function optionNamed(command: Command, name: string): Option | undefined {
  return command.options.find(({ long, short }) => long === name || short === name);
}

/** Values of the options typed so far, for those that say which cluster is meant; only these are known to be of its type. */
export function accessFlags(command: Command, before: readonly string[]): AccessOptions {
  const single: Record<string, string> = {};
  const asGroup: string[] = [];
  const flags = new Set<string>();
  before.forEach((word, index) => {
    const split = word.startsWith('--') ? word.indexOf('=') : -1;
    const option = optionNamed(command, split > 0 ? word.slice(0, split) : word);
    if (option === undefined) return;
    const value = split > 0 ? word.slice(split + 1) : (before[index + 1] ?? '');
    if (option.isBoolean()) flags.add(option.attributeName());
    else if (option.attributeName() === 'asGroup') asGroup.push(value);
    else single[option.attributeName()] = value;
  });
  const { kubeconfig, context, cluster, user, server, tlsServerName, certificateAuthority, clientCertificate, clientKey, token, as, asUid, namespace } = single;
  const insecureSkipTlsVerify = flags.has('insecureSkipTlsVerify') ? true : undefined;
  return { kubeconfig, context, cluster, user, server, tlsServerName, certificateAuthority, clientCertificate, clientKey, token, as, asUid, namespace, asGroup, insecureSkipTlsVerify };
}
