import type { Ingress } from '../model/ingress.ts';
import { compareText } from '../model/object.ts';
import { annotationTable, isAnnotationName, type AnnotationName } from '../nginx/annotation-table.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { aboutAnnotation, raise } from '../diagnostics/finding.ts';
import { codes } from './codes.ts';
import type { AnnotationFamily, PresentAnnotation } from './define.ts';
import { readForeign, type FallbackReading } from './fallback.ts';

/** An annotation key of one Ingress, and who reads it. */
export interface PresentKey {
  /** Whole key. */
  readonly key: string;
  readonly raw: string;
  /** Without the controller's prefix; undefined when ingress-nginx does not know it. */
  readonly name: AnnotationName | undefined;
  readonly family: AnnotationFamily | undefined;
}

export interface KeyIndex {
  /** Sorted by key, whatever the order in the document. */
  readonly presentOn: (ingress: Ingress) => readonly PresentKey[];
  readonly get: (ingress: Ingress, name: AnnotationName) => PresentAnnotation | undefined;
}

/** Everything that depends on the prefix and the families alone, worked out once. */
export function indexKeys(families: readonly AnnotationFamily[], settings: ControllerSettings): KeyIndex {
  const owners = new Map<string, AnnotationFamily>();
  for (const family of families) for (const key of family.keys) owners.set(key, family);
  const known = new Map<string, Pick<PresentKey, 'name' | 'family'>>();
  const keyOf = new Map<string, string>();
  for (const name of Object.keys(annotationTable)) {
    if (!isAnnotationName(name)) continue;
    const key = `${settings.annotationsPrefix}/${name}`;
    keyOf.set(name, key);
    known.set(key, { name, family: owners.get(name) });
  }
  const foreign = { name: undefined, family: undefined };
  return {
    presentOn: (ingress) => {
      const present: PresentKey[] = [];
      for (const [key, raw] of ingress.annotations) present.push({ key, raw, ...(known.get(key) ?? foreign) });
      return present.sort((a, b) => compareText(a.key, b.key));
    },
    get: (ingress, name) => {
      const key = keyOf.get(name) ?? name;
      const raw = ingress.annotations.get(key);
      return raw === undefined ? undefined : { ingress, key, raw };
    },
  };
}

/** An annotation that ingress-nginx does not know. `routeless`: the Ingress has no route of its own that an intent could reach. */
export function readFallback(ingress: Ingress, { key }: PresentKey, settings: ControllerSettings, routeless: boolean): FallbackReading {
  const reading = readForeign(ingress, key, settings);
  if (!routeless || reading.intents.length === 0) return reading;
  const args = { annotation: key, ingress: ingress.ref.name };
  return { state: 'effective', intents: [], findings: [...reading.findings, raise(codes, 'annotation/no-route', aboutAnnotation(ingress, key), args)] };
}
