import { objectKey } from '../../model/object.ts';
import { errorCodes } from '../../nginx/forms.ts';
import type { AnnotationReader } from '../../nginx/reader.ts';
import type { ControllerSettings } from '../../nginx/settings.ts';
import { hasForm, parseBoolean, parseInteger, parseList } from '../../nginx/values.ts';
import type { Surroundings } from './surroundings.ts';

interface Service {
  readonly namespace: string;
  readonly name: string;
  /** 0: not known. */
  readonly port: number;
}

/** Who answers in place of errors. */
export interface ErrorPages {
  readonly statuses: readonly number[];
  /** The default backend; a status where there is none. */
  readonly by: Service | number;
  /** Answers of the backend pass as they are. */
  readonly ownOnly: boolean;
}

const portOf = (namespace: string, name: string, { services }: Surroundings): number | undefined => {
  const service = services?.get(objectKey(namespace, name));
  return service === undefined ? 0 : service.ports[0]?.port;
};

/** The Service of the annotation default-backend; one without ports is ignored. */
export function fallbackOf(reader: AnnotationReader | undefined, surroundings: Surroundings): Service | undefined {
  const name = reader?.text('default-backend') ?? '';
  const namespace = reader?.ingress.ref.namespace ?? '';
  const port = name === '' ? undefined : portOf(namespace, name, surroundings);
  return port === undefined ? undefined : { namespace, name, port };
}

/**
 * Statuses that are fetched from a default backend. A list of the location replaces that of the ConfigMap. Without a Service, the controller
 * answers 404 for a list of the location, and nginx 500 for one of the ConfigMap. Measured.
 * Source: CUSTOM_ERRORS in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl
 */
export function errorPagesOf(reader: AnnotationReader | undefined, settings: ControllerSettings, surroundings: Surroundings): ErrorPages | undefined {
  const own = reader?.text('custom-http-errors') ?? '';
  // The validator passes over spaces, and then the parser fails at one within an entry: `404 503` is ignored.
  const listed = own !== '' && hasForm(own, errorCodes) && parseList(own).every((entry) => parseInteger(entry) !== undefined);
  const statuses = parseList(listed ? own : (settings.raw.get('custom-http-errors') ?? '')).flatMap((text) => parseInteger(text) ?? []).filter((status) => status >= 300 && status <= 599);
  if (statuses.length === 0) return undefined;
  const { defaultBackendService: shared } = settings;
  const general = shared === undefined ? undefined : { ...shared, port: portOf(shared.namespace, shared.name, surroundings) ?? 0 };
  const disabled = parseBoolean(reader?.raw('disable-proxy-intercept-errors') ?? '') ?? parseBoolean(settings.raw.get('disable-proxy-intercept-errors') ?? '');
  return { statuses: [...new Set(statuses)].sort((a, b) => a - b), by: fallbackOf(reader, surroundings) ?? general ?? (listed ? 404 : 500), ownOnly: disabled === true };
}

/** `404, 503 by shop/pages`, `404 by 404`. */
export function errorPagesText({ statuses, by, ownOnly }: ErrorPages): string {
  return `${ownOnly ? 'own ' : ''}${statuses.join(', ')} by ${typeof by === 'number' ? String(by) : `${by.namespace}/${by.name}`}`;
}
