import { aboutAnnotation, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import type { ConfigMap } from '../model/inventory.ts';
import { compareText, objectKey } from '../model/object.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import { hasForm, isHeaderName, normaliseText } from '../nginx/values.ts';
import { defineFamily, type FamilyReading } from './define.ts';

const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/customheaders/main.go';

export const codes = defineCodes({
  'custom-headers/map-not-given': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The response headers of {annotation} are missing from the output: ConfigMap {map} is not in the input.',
    why: 'The annotation only names the ConfigMap that holds the headers, so they cannot be known without it.',
    do: 'Pass ConfigMap {map} with the other manifests and convert again.',
    source,
  },
  'custom-headers/refused': {
    fidelity: 'exact',
    risk: 'none',
    what: 'No header of {annotation} is written: {reason}, and ingress-nginx answers 503 to every request of the Ingress for that.',
    why: 'The controller takes names of letters, digits, dashes and underscores, plain values, and headers that global-allowed-response-headers of its ConfigMap lists, letter by letter.',
    do: 'Correct ConfigMap {map} or the list, see that the Ingress answers, and convert again.',
    source,
  },
  'custom-headers/allowed-list-unknown': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The headers of {annotation} are written on the assumption that the controller allows them.',
    why: 'Which headers are allowed is said by global-allowed-response-headers in the ConfigMap of the controller, which was not given; with another header the Ingress answers 503 today.',
    do: 'Pass the ConfigMap with --controller-configmap, or check that the Ingress answers today.',
    source,
  },
  'custom-headers/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that ingress-nginx does not accept ({value}): no header is added today, nor in the output.',
    why: 'The value is namespace/name of a ConfigMap.',
    do: 'Correct or delete {annotation}.',
    source,
  },
});

/** BasicCharsRegex of the controller's parser package. */
const reference = /^[-/._~a-zA-Z0-9:]*$/;
/** valueRegexp of customheaders/main.go. */
const headerValue = /^[a-zA-Z\d_ :;.,\\/"'?!(){}[\]@<>=\-+*#$&`|~^%]+$/;

/** Why the controller refuses the map, as a clause; the entry that sorts first speaks for all. */
function refusal(entries: readonly (readonly [string, string])[], settings: ControllerSettings): string | undefined {
  for (const [name, value] of entries) {
    if (!isHeaderName(name)) return `${JSON.stringify(name)} is no header name`;
    if (!headerValue.test(value)) return `the value of ${name} is empty or holds a character that is not accepted`;
    if (settings.configMap !== undefined && !settings.globalAllowedResponseHeaders.includes(name)) return `header ${name} is not in global-allowed-response-headers`;
  }
  return undefined;
}

const entriesOf = (map: ConfigMap): readonly (readonly [string, string])[] => [...map.data].sort(([a], [b]) => compareText(a, b));

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/customheaders/main.go */
export const customHeaders = defineFamily({
  id: 'custom-headers',
  keys: ['custom-headers'],
  codes,
  intents: ['response-headers'],
  docs: {
    nginx: 'Sets the entries of a ConfigMap as response headers, over those of the backend. The controller must allow each of them.',
    gateway: 'The ResponseHeaderModifier filter with set.',
    loss: 'Nothing. The headers no longer follow the ConfigMap: a change of it has to be made in the route.',
  },
  read: ({ get, settings, inventory }): FamilyReading => {
    const present = get('custom-headers');
    if (present === undefined) return {};
    const { ingress, key, raw } = present;
    const about = aboutAnnotation(ingress, key);
    const map = normaliseText(raw);
    if (map === '' || !hasForm(raw, reference)) {
      return { inert: [key], findings: [raise(codes, 'custom-headers/ignored-value', about, { annotation: key, value: JSON.stringify(raw) })] };
    }
    const slash = map.indexOf('/');
    const configMap = inventory.configMaps.get(objectKey(map.slice(0, Math.max(slash, 0)), map.slice(slash + 1)));
    if (configMap === undefined) return { findings: [raise(codes, 'custom-headers/map-not-given', about, { annotation: key, map })] };
    const entries = entriesOf(configMap);
    const reason = refusal(entries, settings);
    if (reason !== undefined) return { inert: [key], findings: [raise(codes, 'custom-headers/refused', about, { annotation: key, map, reason })] };
    const set = entries.map(([name, value]) => ({ name, value }));
    const findings: readonly Finding[] = settings.configMap === undefined ? [raise(codes, 'custom-headers/allowed-list-unknown', about, { annotation: key })] : [];
    return { intents: [{ kind: 'response-headers', from: [{ ingress, key }], set }], findings };
  },
});
