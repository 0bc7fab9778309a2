import type { AnnotationReader } from '../../nginx/reader.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { parseInteger, parseList } from '../../nginx/values.ts';

/**
 * The status of an answer that nginx makes in a location itself. One that custom-http-errors lists is fetched from the default backend, which is
 * the controller's own 404 where no Service is named for it: 503 of a Service without endpoints becomes 404. Measured.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl (CUSTOM_ERRORS)
 */
export function shownStatus(status: number, reader: AnnotationReader | undefined, settings: ControllerSettings): number {
  if (reader === undefined || settings.defaultBackendService !== undefined || reader.text('default-backend') !== '') return status;
  const own = parseList(reader.raw('custom-http-errors') ?? '');
  return own.map(parseInteger).includes(status) ? 404 : status;
}
