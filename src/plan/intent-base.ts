import type { Subject } from '../diagnostics/finding.ts';
import type { Ingress } from '../model/ingress.ts';

/** One annotation on one Ingress that an intent comes from. */
export interface AnnotationUse {
  readonly ingress: Ingress;
  /** Whole key. */
  readonly key: string;
}

/** One key of the controller's ConfigMap that an intent comes from. */
export interface SettingUse {
  readonly key: string;
  readonly about: Subject;
}

export interface Base<K extends string> {
  readonly kind: K;
  /** The annotations behind it; empty when a ConfigMap key or a controller default is. */
  readonly from: readonly AnnotationUse[];
  /** The key behind it where no annotation is. */
  readonly setting?: SettingUse;
}
