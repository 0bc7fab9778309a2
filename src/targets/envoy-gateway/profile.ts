import type { Profile } from '../profile.ts';
import { makeProfile, type ProfileOptions } from '../versions.ts';

/** The release whose CRDs the output is checked against, and the Gateway API it is built for. */
const release = '1.9';
const builtForGatewayApi = '1.6';

export function profile(options: ProfileOptions): Profile | { readonly error: string } {
  const wanted = (options.version ?? release).replace(/^v/u, '');
  if (wanted !== release && !wanted.startsWith(`${release}.`)) {
    return { error: `Envoy Gateway ${wanted} is not known: give ${release}, the release whose policies are checked` };
  }
  return makeProfile(options, {
    target: 'envoy-gateway',
    targetVersion: wanted,
    controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
    defaultGatewayClass: 'eg',
    defaultGatewayApiVersion: builtForGatewayApi,
    // Envoy matches the whole path with RE2, and tries regexes before prefixes (measured on 1.9.1).
    regex: { dialect: 're2', extent: 'whole', captureRewrite: true },
    // Measured on 1.9.1; PathUtil::mergeSlashes of Envoy joins what stands between slashes.
    keepsSlashes: true,
  });
}
