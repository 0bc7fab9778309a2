import type { Target } from '../define.ts';
import { makeProfile } from '../versions.ts';
import { standardCapabilities, standardDefaults } from './capabilities.ts';
import { codes } from './codes.ts';
import { standardHostLowerings, standardLowerings } from './lowerings.ts';
import { standardPreservations } from './preservations.ts';

/** Any conformant implementation: nothing but the API itself is relied on. */
export const standard: Target = {
  name: 'standard',
  title: 'Gateway API without extensions',
  codes,
  profile: (options) =>
    options.version === undefined
      ? makeProfile(options, {
          target: 'standard',
          targetVersion: '',
          controllerName: '',
          defaultGatewayClass: '',
          regex: { dialect: 're2', extent: 'unknown', captureRewrite: false },
        })
      : { error: '--target-version needs a target other than standard; --gateway-api-version names the version of the API' },
  capabilities: standardCapabilities,
  lowerings: standardLowerings,
  hostLowerings: standardHostLowerings,
  defaults: standardDefaults,
  preservations: standardPreservations,
};
