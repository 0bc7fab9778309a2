import type { Feature, Profile, RegexProfile, Version } from './profile.ts';

/** Minor version that has a feature, by channel; undefined: none has. Read off the CRDs of every release. */
interface Since {
  readonly standard: number | undefined;
  readonly experimental: number;
}

const oldestMinor = 2;
const newestMinor = 7;
/** What most implementations report conformance for, and the first release with CORS, 308 and ListenerSet in the standard channel. */
export const defaultGatewayApiVersion = '1.5';

/**
 * First minor release (1.x) whose CRDs hold the field.
 * Source: config/crd/{standard,experimental} of https://github.com/kubernetes-sigs/gateway-api at each tag from v1.2.1 to v1.7.0.
 */
const since: Readonly<Record<Feature, Since>> = {
  timeouts: { standard: 2, experimental: 2 },
  'many-matches': { standard: 2, experimental: 2 },
  infrastructure: { standard: 2, experimental: 2 },
  mirror: { standard: 2, experimental: 2 },
  'rule-name': { standard: 4, experimental: 2 },
  'backend-tls-policy': { standard: 4, experimental: 4 },
  cors: { standard: 5, experimental: 3 },
  // 1.3 documents it, but its pattern refuses what has no scheme.
  'cors-any-origin': { standard: 5, experimental: 4 },
  'redirect-303-307-308': { standard: 5, experimental: 5 },
  'listener-set': { standard: 5, experimental: 5 },
  'tls-route': { standard: 5, experimental: 5 },
  'tcp-route': { standard: 6, experimental: 2 },
  'frontend-client-certificate': { standard: 5, experimental: 4 },
  retry: { standard: 7, experimental: 2 },
  'session-persistence': { standard: undefined, experimental: 2 },
  'external-auth': { standard: undefined, experimental: 4 },
};

export function supportsFeature(feature: Feature, version: Version, channel: Profile['channel']): boolean {
  const first = since[feature][channel];
  return first !== undefined && version[1] >= first;
}

/** What the user would have to ask for, as a phrase for findings. */
export function missingFeature(feature: Feature): string {
  const { standard, experimental } = since[feature];
  if (standard === undefined) return `needs the experimental channel of Gateway API 1.${String(experimental)} or newer`;
  const newer = `needs Gateway API 1.${String(standard)} or newer`;
  return experimental < standard ? `${newer}, or the experimental channel from 1.${String(experimental)} on` : newer;
}

/** Reads `1.6`, `v1.6`, `1.6.1`. Patch releases hold the same fields. */
export function parseGatewayApiVersion(text: string): Version | { readonly error: string } {
  const match = /^v?1\.(\d{1,3})(?:\.(\d{1,3}))?$/.exec(text.trim());
  const minor = Number(match?.[1]);
  if (match === null || minor < oldestMinor || minor > newestMinor) {
    return { error: `Gateway API version ${text} is not known: give one from 1.${String(oldestMinor)} to 1.${String(newestMinor)}` };
  }
  return [1, minor, Number(match[2] ?? 0)];
}

export interface ProfileOptions {
  readonly version?: string | undefined;
  readonly gatewayApiVersion?: string | undefined;
  readonly channel?: string | undefined;
}

/** What a target adds to the version tables. */
export interface ProfileParts {
  readonly target: string;
  readonly targetVersion: string;
  readonly controllerName: string;
  readonly defaultGatewayClass: string;
  readonly regex: RegexProfile;
  readonly keepsSlashes?: boolean;
  readonly defaultGatewayApiVersion?: string;
  /** Features of the Gateway API the target does not have, whatever the version. */
  readonly without?: ReadonlySet<Feature>;
}

/** Target, version and channel as one answerable object; an `error` is a sentence for the user. */
export function makeProfile(options: ProfileOptions, parts: ProfileParts): Profile | { readonly error: string } {
  const version = parseGatewayApiVersion(options.gatewayApiVersion ?? parts.defaultGatewayApiVersion ?? defaultGatewayApiVersion);
  if ('error' in version) return version;
  const { channel = 'standard' } = options;
  if (channel !== 'standard' && channel !== 'experimental') return { error: `channel ${channel} is not known: give standard or experimental` };
  const { target, targetVersion, controllerName, defaultGatewayClass, regex, keepsSlashes = false, without } = parts;
  return {
    target,
    targetVersion,
    controllerName,
    defaultGatewayClass,
    regex,
    keepsSlashes,
    version,
    channel,
    gatewayApiVersion: `${String(version[0])}.${String(version[1])}`,
    supports: (feature) => without?.has(feature) !== true && supportsFeature(feature, version, channel),
    missing: (feature) => (without?.has(feature) === true ? `is not implemented by ${target}` : missingFeature(feature)),
  };
}
