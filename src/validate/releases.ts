import type { Profile } from '../targets/profile.ts';
import { envoyGateway, gatewayApi } from './generated/index.js';

/** Names of compiled kinds by `apiVersion/kind`, and what to call the release in a finding. */
export interface Release {
  readonly title: string;
  readonly kinds: Readonly<Record<string, string>>;
}

const gatewayGroup = 'gateway.networking.k8s.io';
const envoyGroup = 'gateway.envoyproxy.io';

function gatewayRelease({ version: [major, minor], channel }: Profile): Release {
  const prefix = `v${major}.${minor}.`;
  const release = Object.keys(gatewayApi).find((name) => name.startsWith(prefix));
  const kinds = release === undefined ? undefined : gatewayApi[release]?.[channel];
  return { title: `Gateway API ${major}.${minor} (${channel} channel)`, kinds: kinds ?? {} };
}

function envoyRelease(): Release {
  const [release = '', kinds = {}] = Object.entries(envoyGateway)[0] ?? [];
  return { title: `Envoy Gateway ${release.slice(1)}`, kinds };
}

/** The CRDs that an object is judged by; undefined for APIs without vendored CRDs. */
export function releaseOf(apiVersion: string, profile: Profile): Release | undefined {
  const group = apiVersion.split('/')[0];
  if (group === gatewayGroup) return gatewayRelease(profile);
  return group === envoyGroup ? envoyRelease() : undefined;
}
