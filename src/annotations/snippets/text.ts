import type { Subject } from '../../diagnostics/finding.ts';
import { annotationLineOrigin } from '../../model/ingress.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import type { Intent } from '../../plan/intents.ts';
import type { PresentAnnotation } from '../define.ts';
import { settingUse } from '../setting-use.ts';

/** A snippet and what stands behind it: an annotation, or a key of the controller's ConfigMap. */
export interface SnippetText {
  readonly raw: string;
  /** Name in messages. */
  readonly name: string;
  readonly aboutLine: (line: number) => Subject;
  /** The intent as one of this text. */
  readonly own: <T extends Intent>(intent: T) => T;
  readonly annotation?: PresentAnnotation;
}

export function textOfAnnotation(annotation: PresentAnnotation): SnippetText {
  const { ingress, key, raw } = annotation;
  return {
    raw,
    name: key,
    aboutLine: (line) => ({ object: ingress.ref, origin: annotationLineOrigin(ingress, key, line), annotation: key }),
    own: (intent) => ({ ...intent, from: [annotation] }),
    annotation,
  };
}

/** Undefined where the ConfigMap has no such key, or a blank one. */
export function textOfSetting(settings: ControllerSettings, key: string): SnippetText | undefined {
  const raw = settings.raw.get(key) ?? '';
  if (raw.trim() === '') return undefined;
  const setting = settingUse(settings, key);
  return { raw, name: `${key} of the controller ConfigMap`, aboutLine: () => setting.about, own: (intent) => ({ ...intent, from: [], setting }) };
}
