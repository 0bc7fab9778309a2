import { CATCH_ALL, type EffectiveConfiguration, type Server } from '../../nginx/configuration.ts';
import { parseBoolean } from '../../nginx/values.ts';
import { samplePattern } from './pattern-samples.ts';

/** A name that no Ingress has: every host of the input ends in another label. */
export const unknownHost = 'unknown.gwmigrate.invalid';

/** A name that the server answers to, for most of its requests. */
export function mainHost({ host }: Server): string {
  if (host === CATCH_ALL) return unknownHost;
  return host.startsWith('*.') ? `probe${host.slice(1)}` : host;
}

function redirectsTwin(server: Server, { settings }: EffectiveConfiguration): boolean {
  const key = `${settings.annotationsPrefix}/from-to-www-redirect`;
  return server.ingresses.some(({ annotations }) => parseBoolean(annotations.get(key) ?? '') === true);
}

/** What is no name never gets as far as a server: nginx answers 400. */
const isName = (text: string): boolean => /^[\w.-]+$/.test(text);

/** Other names that may lead to the server, or just not. */
export function otherHosts(server: Server, configuration: EffectiveConfiguration): readonly string[] {
  const { host, aliases } = server;
  if (host === CATCH_ALL) return [''];
  const wild = host.startsWith('*.') ? [`one.two${host.slice(1)}`, host.slice(2)] : [host.toUpperCase(), `sub.${host}`];
  const twins = redirectsTwin(server, configuration) ? [host.startsWith('www.') ? host.slice(4) : `www.${host}`] : [];
  const named = aliases.flatMap(({ name }) => {
    if (name.startsWith('~')) return samplePattern(name.slice(1)).filter(isName).slice(0, 2);
    return name.startsWith('*.') ? [`probe${name.slice(1)}`, `one.two${name.slice(1)}`] : [name].filter(isName);
  });
  return [...named, ...twins, ...wild];
}
