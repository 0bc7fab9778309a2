import { parseBoolean } from '../../nginx/values.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import type { ProbeOutcome, ProbeRequest } from '../outcome.ts';

type Headers = readonly (readonly [string, string])[];

const removesServer: Headers = [['server', '']];

const touchesServer = (outcome: ProbeOutcome): boolean => outcome.kind === 'forwarded' && outcome.responseHeaders.has('server');

/**
 * What the controller does to the headers of every forwarded response unasked: Strict-Transport-Security over HTTPS, and no Server header.
 * Headers that somebody asks for stay as they are. The Server header is a part of the outcome only where the other side does something to it
 * as well: that it passes is said once a run (default/server-header-removed), or every request would differ.
 * Measured on ingress-nginx 1.15.1; see header() in
 * https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/lua_ingress.lua and more_clear_headers in its nginx.tmpl.
 */
export function implicitHeaders({ hsts, raw }: ControllerSettings): (request: ProbeRequest, outcome: ProbeOutcome, other: ProbeOutcome) => ProbeOutcome {
  const parts = [`max-age=${hsts.maxAgeSeconds}`, ...(hsts.includeSubDomains ? ['includeSubDomains'] : []), ...(hsts.preload ? ['preload'] : [])];
  const secure: Headers = hsts.enabled ? [['strict-transport-security', parts.join('; ')]] : [];
  const server: Headers = parseBoolean((raw.get('server-tokens') ?? '').trim()) === true ? [] : removesServer;
  return ({ scheme }, outcome, other) =>
    outcome.kind === 'forwarded'
      ? { ...outcome, responseHeaders: new Map([...(scheme === 'https' ? secure : []), ...(touchesServer(other) ? server : []), ...outcome.responseHeaders]) }
      : outcome;
}
