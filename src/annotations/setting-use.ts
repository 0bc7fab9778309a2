import { aboutSetting } from '../nginx/controller-keys.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { SettingUse } from '../plan/intents.ts';

/** The key of the ConfigMap as what is behind an intent. */
export function settingUse(settings: ControllerSettings, key: string): SettingUse {
  return { key, about: aboutSetting(settings, key) };
}
