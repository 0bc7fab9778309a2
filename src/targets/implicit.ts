import type { CodeEntry, Finding } from '../diagnostics/finding.ts';
import type { ImplicitDefault } from '../nginx/defaults.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { parseBoolean } from '../nginx/values.ts';
import { defaultCodes } from './default-codes.ts';
import type { Capability, Target } from './define.ts';

const implicitDefaults: readonly ImplicitDefault[] = [
  'hsts',
  'body-size-1m',
  'idle-timeouts-60s',
  'connect-timeout-5s',
  'three-tries',
  'underscore-headers-dropped',
  'forwarded-headers-replaced',
  'server-header-removed',
  'default-certificate-on-every-host',
  'path-normalisation',
  'trailing-slash-cut-on-https-redirect',
  'request-buffering',
];

const isOn = (raw: ControllerSettings['raw'], key: string): boolean => parseBoolean(raw.get(key) ?? '') === true;

/** Whether the controller does the thing at all: settings may have turned it off. */
const inForce: Partial<Readonly<Record<ImplicitDefault, (settings: ControllerSettings) => boolean>>> = {
  hsts: ({ hsts }) => hsts.enabled,
  'body-size-1m': ({ proxyBodySize }) => proxyBodySize !== '0',
  'underscore-headers-dropped': ({ raw }) => !isOn(raw, 'enable-underscores-in-headers'),
  // allow-backend-server-header only counts where nginx clears nothing; server-tokens then writes the header of nginx.
  'server-header-removed': ({ raw }) => !isOn(raw, 'server-tokens'),
  'forwarded-headers-replaced': ({ raw }) => !isOn(raw, 'use-forwarded-headers'),
  'three-tries': ({ proxyNextUpstream, proxyNextUpstreamTries }) => proxyNextUpstream !== 'off' && proxyNextUpstreamTries !== 1,
  'trailing-slash-cut-on-https-redirect': ({ sslRedirect, forceSslRedirect, preserveTrailingSlash }) =>
    (sslRedirect || forceSslRedirect) && !preserveTrailingSlash,
};

function implicitFinding(name: ImplicitDefault, capability: Capability, settings: ControllerSettings): Finding {
  const entry: CodeEntry = defaultCodes[`default/${name}`];
  const args = { how: capability.how, ...(name === 'body-size-1m' ? { value: settings.proxyBodySize } : {}) };
  return { code: `default/${name}`, entry, args, object: undefined, origin: undefined };
}

/** What nginx does unasked and the target does not: once a run, never once an Ingress. */
export function implicitFindings(target: Target, settings: ControllerSettings): readonly Finding[] {
  return implicitDefaults
    .filter((name) => target.defaults[name].fidelity !== 'exact' && inForce[name]?.(settings) !== false)
    .map((name) => implicitFinding(name, target.defaults[name], settings));
}
