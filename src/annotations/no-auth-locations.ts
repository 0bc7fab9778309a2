import type { Location } from '../nginx/configuration.ts';
import type { ControllerSettings } from '../nginx/settings.ts';

/**
 * nginx asks for no basic, digest or external authentication on locations whose path starts so (ConfigMap no-auth-locations).
 * Source: isLocationInLocationList in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go
 */
export function withoutAuthentication(location: Location, settings: ControllerSettings): boolean {
  return settings.noAuthLocations.some((start) => {
    const text = start.trim();
    return text !== '' && location.path.startsWith(text);
  });
}
