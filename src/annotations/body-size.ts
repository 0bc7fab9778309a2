import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { BodyBufferIntent, BodySizeIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyReading, type PresentAnnotation } from './define.ts';
import { settingUse } from './setting-use.ts';
import { hasForm, normaliseText, parseSizeBytes } from '../nginx/values.ts';

const template = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go';

export const codes = defineCodes({
  'body-size/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that ingress-nginx does not accept ({value}); the limit in force today is {instead}.',
    why: 'A size is digits with an optional k, m or g; the controller goes on with its default for anything else.',
    do: 'Write a size such as 8m, or delete {annotation} if {instead} is right.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxy/main.go',
  },
  'body-size/unit-not-written': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is {value}: the controller accepts it, but does not write it into the nginx configuration; the limit in force today is 1m, the default of nginx.',
    why: 'The unit b, and a space before the unit, pass the check of the annotation and fail the check of the template.',
    do: 'Write the size as digits with an optional k, m or g, and convert again.',
    source: template,
  },
  'body-size/ignored-buffer': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is {value}, which the controller does not write into the nginx configuration.',
    why: 'The buffer is given in digits with an optional k or m; the default of the controller is in force.',
    do: 'Delete {annotation}; most Gateways have no such buffer.',
    source: template,
  },
});

/** SizeRegex of the controller's parser package. */
const sizeForm = /^[0-9]+[bkmg]?$/i;
/** nginx's own client_max_body_size: https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size */
const NGINX_DEFAULT_BYTES = 1024 ** 2;

interface Read {
  readonly intents: readonly (BodySizeIntent | BodyBufferIntent)[];
  readonly inert: readonly string[];
  readonly findings: readonly Finding[];
}

/** The limit of the controller's ConfigMap, when it has one; the controller's own default is no intent. */
function configured(settings: ControllerSettings): readonly BodySizeIntent[] {
  if (!settings.raw.has('proxy-body-size')) return [];
  const maxBytes = parseSizeBytes(settings.proxyBodySize.trim(), 'g') ?? NGINX_DEFAULT_BYTES;
  return [{ kind: 'body-size', from: [], setting: settingUse(settings, 'proxy-body-size'), maxBytes }];
}

function readLimit(present: PresentAnnotation | undefined, settings: ControllerSettings): Read {
  if (present === undefined) return { intents: configured(settings), inert: [], findings: [] };
  const { ingress, key, raw } = present;
  const about = aboutAnnotation(ingress, key);
  const value = JSON.stringify(raw);
  if (!hasForm(raw, sizeForm)) {
    const finding = raise(codes, 'body-size/ignored-value', about, { annotation: key, value, instead: settings.proxyBodySize });
    return { intents: configured(settings), inert: [key], findings: [finding] };
  }
  const bytes = parseSizeBytes(normaliseText(raw), 'g');
  const intent: BodySizeIntent = { kind: 'body-size', from: [{ ingress, key }], maxBytes: bytes ?? NGINX_DEFAULT_BYTES };
  const findings = bytes === undefined ? [raise(codes, 'body-size/unit-not-written', about, { annotation: key, value })] : [];
  return { intents: [intent], inert: [], findings };
}

function readBuffer(present: PresentAnnotation | undefined): Read {
  if (present === undefined) return { intents: [], inert: [], findings: [] };
  const { ingress, key, raw } = present;
  const bytes = parseSizeBytes(normaliseText(raw), 'm');
  if (bytes !== undefined) return { intents: [{ kind: 'body-buffer', from: [{ ingress, key }], bytes }], inert: [], findings: [] };
  const finding = raise(codes, 'body-size/ignored-buffer', aboutAnnotation(ingress, key), { annotation: key, value: JSON.stringify(raw) });
  return { intents: [], inert: [key], findings: [finding] };
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/proxy/main.go */
export const bodySize = defineFamily({
  id: 'body-size',
  keys: ['proxy-body-size', 'client-body-buffer-size'],
  codes,
  implicit: true,
  intents: ['body-buffer', 'body-size'],
  asks: { 'proxy-body-size': ['body-size'], 'client-body-buffer-size': ['body-buffer'] },
  docs: {
    nginx: 'Refuses a request body over proxy-body-size (1 MiB by default, 0 for no limit) with 413, before redirects and authentication. client-body-buffer-size is how much of a body stays in memory.',
    gateway: 'Nothing in the Gateway API; some implementations have a policy for it.',
    loss: 'Without a policy, bodies of any size reach the backend, or as much as the Gateway allows by itself.',
  },
  read: ({ get, settings }): FamilyReading => {
    const limit = readLimit(get('proxy-body-size'), settings);
    const buffer = readBuffer(get('client-body-buffer-size'));
    return {
      intents: [...limit.intents, ...buffer.intents],
      inert: [...limit.inert, ...buffer.inert],
      findings: [...limit.findings, ...buffer.findings],
    };
  },
});
