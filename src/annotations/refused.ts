import type { UntranslatedIntent } from '../plan/intents.ts';
import type { FamilyReading, LocationReading, PresentAnnotation } from './define.ts';
import { nameOfKey } from './siblings.ts';

const nothing: LocationReading = { intents: [] };

/**
 * A protection the controller cannot set up, so that it refuses every request instead (503, or 403 for a whole host) or drops the Ingress.
 * The effective configuration holds that as a denied location. Should it not, the location is closed all the same: never open for lack of agreement.
 * `meaning` is a clause after "nginx".
 */
export function refused(annotations: readonly PresentAnnotation[], meaning: string): FamilyReading {
  const [first] = annotations;
  if (first === undefined) return {};
  const closed: UntranslatedIntent = { kind: 'untranslated', from: annotations, annotation: nameOfKey(first.key), value: first.raw, risk: 'security', meaning };
  return {
    structural: annotations.map(({ key }) => key),
    forLocation: (location) => (location.denied === undefined ? { intents: [closed] } : nothing),
  };
}
