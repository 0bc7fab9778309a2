import type { Implementation } from './state.ts';

/** Where each implementation takes requests. Envoy listens at every address; the backends have the rest of the network. */
export const addressOf: Readonly<Record<Implementation, string>> = { 'envoy-gateway': '10.98.0.1', traefik: '10.98.0.3' };

/** Port of the listener that every Gateway gets besides its own: it tells when the gateway has taken what was applied. */
export const sentinelPort = 18_999;
