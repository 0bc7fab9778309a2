import type { RefusedIntent } from '../plan/intents.ts';
import type { FamilyReading, LocationReading, PresentAnnotation } from './define.ts';

const nothing: LocationReading = { intents: [] };

/**
 * A protection the controller cannot set up, so that it refuses every request instead (503, or 403 for a whole host) or drops the Ingress.
 * The effective configuration holds that as a denied location. Should it not, the location is closed all the same: never open for lack of agreement.
 * `meaning` is a clause after "nginx".
 */
export function refused(annotations: readonly PresentAnnotation[], meaning: string): FamilyReading {
  if (annotations.length === 0) return {};
  const closed: RefusedIntent = { kind: 'refused', from: annotations, meaning };
  return {
    structural: annotations.map(({ key }) => key),
    forLocation: (location) => (location.denied === undefined ? { intents: [closed] } : nothing),
  };
}
