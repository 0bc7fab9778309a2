import { codes as coreCodes } from '../codes.ts';
import { defaultCodes } from '../default-codes.ts';
import type { Target } from '../define.ts';
import { makeProfile } from '../versions.ts';
import { backendCodes } from './backend.ts';
import { canaryCodes } from './canary.ts';
import { standardCapabilities, standardDefaults } from './capabilities.ts';
import { corsCodes } from './cors.ts';
import { headerCodes } from './headers.ts';
import { standardHostLowerings, standardLowerings } from './lowerings.ts';
import { otherCodes } from './others.ts';
import { protectionCodes } from './protections.ts';
import { redirectCodes } from './redirects.ts';
import { rewriteCodes } from './rewrite.ts';
import { trafficCodes } from './traffic.ts';

/** Codes of the core and of the standard lowerings; a target that uses them adds its own. */
export const standardCodes = {
  ...coreCodes,
  ...defaultCodes,
  ...protectionCodes,
  ...redirectCodes,
  ...rewriteCodes,
  ...headerCodes,
  ...corsCodes,
  ...canaryCodes,
  ...trafficCodes,
  ...backendCodes,
  ...otherCodes,
};

/** Any conformant implementation: nothing but the API itself is relied on. */
export const standard: Target = {
  name: 'standard',
  title: 'Gateway API without extensions',
  codes: standardCodes,
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
};
