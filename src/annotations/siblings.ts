import type { Ingress } from '../model/ingress.ts';
import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { PresentAnnotation } from './define.ts';

/** Any annotation of ingress-nginx on the Ingress, also those of other families: looking at one is not claiming it. */
export type Sibling = (name: AnnotationName) => PresentAnnotation | undefined;

export function siblingsOf(ingress: Ingress, settings: ControllerSettings): Sibling {
  return (name) => {
    const key = `${settings.annotationsPrefix}/${name}`;
    const raw = ingress.annotations.get(key);
    return raw === undefined ? undefined : { ingress, key, raw };
  };
}

/** Name without the prefix. */
export function nameOfKey(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** Those that are there, in the order given. */
export function presentOf(annotations: readonly (PresentAnnotation | undefined)[]): readonly PresentAnnotation[] {
  return annotations.filter((annotation) => annotation !== undefined);
}
