import type { ProbeRequest } from '../../src/verify/outcome.ts';

/** An answer to HEAD has no body, so it cannot say what the backend received; otherwise HEAD is treated as GET is. */
export function withBody(requests: readonly ProbeRequest[]): readonly ProbeRequest[] {
  return requests.filter(({ method }) => method !== 'HEAD');
}
