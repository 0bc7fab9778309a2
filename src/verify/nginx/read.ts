import type { Ingress } from '../../model/ingress.ts';
import { annotationReaders, type AnnotationReader, type ReadAnnotations } from '../../nginx/reader.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';

const readers = new WeakMap<ControllerSettings, ReadAnnotations>();

/** The controller's annotations of one Ingress, under the prefix of the settings. */
export function readerOf(ingress: Ingress, settings: ControllerSettings): AnnotationReader {
  let read = readers.get(settings);
  if (read === undefined) readers.set(settings, (read = annotationReaders(settings)));
  return read(ingress);
}
