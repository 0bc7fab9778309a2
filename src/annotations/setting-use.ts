import { aboutSetting } from '../nginx/controller-keys.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { AnnotationName } from '../nginx/annotation-table.ts';
import type { SettingUse } from '../plan/intents.ts';
import type { Siblings } from './idle.ts';
import type { Setting } from './setting.ts';

/** The key of the ConfigMap as what is behind an intent. */
export function settingUse(settings: ControllerSettings, key: string): SettingUse {
  return { key, about: aboutSetting(settings, key) };
}

/** The text in force: of the annotation, or of the ConfigMap where there is none that the controller takes; `off` where neither says anything. */
export function textInForce(name: AnnotationName, canonical: Setting['canonical'], siblings: Siblings, settings: ControllerSettings): string {
  return canonical(siblings(name)) ?? settings.raw.get(name) ?? 'off';
}
