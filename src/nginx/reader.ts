import type { Ingress } from '../model/ingress.ts';
import type { AnnotationName } from './annotation-table.ts';
import type { ControllerSettings } from './settings.ts';
import { normaliseText, parseBoolean } from './values.ts';

/** The controller's annotations of one Ingress, by name without prefix. */
export interface AnnotationReader {
  readonly ingress: Ingress;
  readonly key: (name: AnnotationName) => string;
  /** As written. */
  readonly raw: (name: AnnotationName) => string | undefined;
  /** Normalised; '' when absent, as the controller treats an empty value. */
  readonly text: (name: AnnotationName) => string;
  readonly isTrue: (name: AnnotationName) => boolean;
}

export type ReadAnnotations = (ingress: Ingress) => AnnotationReader;

/** Readers of one run; whole keys are made once, not once per Ingress. */
export function annotationReaders({ annotationsPrefix }: ControllerSettings): ReadAnnotations {
  const keys = new Map<AnnotationName, string>();
  const key = (name: AnnotationName): string => {
    let whole = keys.get(name);
    if (whole === undefined) keys.set(name, (whole = `${annotationsPrefix}/${name}`));
    return whole;
  };
  return (ingress) => {
    const raw = (name: AnnotationName): string | undefined => ingress.annotations.get(key(name));
    return {
      ingress,
      key,
      raw,
      text: (name) => normaliseText(raw(name) ?? ''),
      isTrue: (name) => parseBoolean(raw(name) ?? '') === true,
    };
  };
}

/** `namespace/name` or `name` as the controller splits a reference; undefined for more slashes. */
export function splitReference(text: string): { readonly namespace: string; readonly name: string } | undefined {
  const [first = '', second, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  return second === undefined ? { namespace: '', name: first } : { namespace: first, name: second };
}
