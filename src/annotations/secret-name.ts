import type { ControllerSettings } from '../nginx/settings.ts';

export interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * `name` or `namespace/name`; undefined for more slashes, and for a namespace that is not the Ingress's own unless the controller
 * allows that (allow-cross-namespace-resources). The text is normalised.
 */
export function parseSecretName(text: string, ownNamespace: string, settings: ControllerSettings): SecretName | undefined {
  const [first = '', second, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const [namespace, name] = second === undefined ? ['', first] : [first, second];
  const effective = namespace === '' ? ownNamespace : namespace;
  if (name === '' || (effective !== ownNamespace && !settings.allowCrossNamespace)) return undefined;
  return { namespace: effective, name };
}
