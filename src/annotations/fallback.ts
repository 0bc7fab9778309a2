import type { Ingress } from '../model/ingress.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { FallbackReading } from './fallback-reading.ts';
import { isKnownForeign, readOtherProgram } from './foreign.ts';
import { readMistakenPrefix, readUnknownName } from './unknown.ts';

export type { FallbackReading } from './fallback-reading.ts';

/**
 * Reads an annotation that ingress-nginx does not know: an invented name, a misspelt prefix, or one that another program reads.
 * Nothing under the controller's own prefix is ever written to the output.
 */
export function readForeign(ingress: Ingress, key: string, settings: ControllerSettings): FallbackReading {
  const prefix = settings.annotationsPrefix;
  if (key.startsWith(`${prefix}/`)) return readUnknownName(ingress, key, key.slice(prefix.length + 1));
  if (isKnownForeign(key)) return readOtherProgram(ingress, key);
  return readMistakenPrefix(ingress, key, prefix) ?? readOtherProgram(ingress, key);
}
