import { CATCH_ALL, type EffectiveConfiguration } from '../../nginx/configuration.ts';
import type { ProbeRequest } from '../outcome.ts';
import { findLocation } from './find-location.ts';
import { readTarget } from './request-target.ts';
import { findServer } from './servers.ts';

/** Scheme, host, target. Another port leads elsewhere than to the servers of the controller. */
const webAddress = /^(?:https:\/\/([^/:?$]+)(?::443)?|http:\/\/([^/:?$]+)(?::80)?)([/?][^$#]*)?$/iu;

/**
 * The Service that is asked in the end: the URL of a sub-request may lead back to the controller by its name, which then asks the Service of the
 * location there. `$host` is the name of the request without its port.
 */
export function authTarget(url: string, { host }: ProbeRequest, configuration: EffectiveConfiguration): string {
  const plain = url.replace(/^(https?:\/\/)(?:\$host|\$http_host)(?=[/:?]|$)/iu, (_, scheme: string) => `${scheme}${host}`);
  const [, secure, open, rest = '/'] = webAddress.exec(plain) ?? [];
  const name = secure ?? open;
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  const path = readTarget(target)?.path;
  const answering = name === undefined ? undefined : findServer(configuration, name);
  if (path === undefined || answering?.kind !== 'server' || (answering.server.host === CATCH_ALL && plain === url)) return url;
  const found = findLocation(answering.server, path);
  if (found.kind !== 'location' || found.location.backend.kind !== 'service') return url;
  const { namespace, name: service, port } = found.location.backend;
  return `http://${service}.${namespace}:${port}${target}`;
}
