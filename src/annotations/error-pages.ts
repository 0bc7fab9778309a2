import { defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import { objectKey } from '../model/object.ts';
import { CATCH_ALL, type EffectiveConfiguration } from '../nginx/configuration.ts';
import { aboutSetting } from '../nginx/controller-keys.ts';
import { errorCodes } from '../nginx/forms.ts';
import { parseBoolean, parseList } from '../nginx/values.ts';
import type { ErrorPagesIntent } from '../plan/intents.ts';
import { defineFamily, type FamilyInput } from './define.ts';
import { needs } from './idle.ts';
import { settingUse } from './setting-use.ts';
import { meaningsOf, readSettings, siblingText, usesOf, type SettingTable } from './setting.ts';
import { bool, form, type Canonical } from './spelling.ts';

const keys = ['custom-http-errors', 'disable-proxy-intercept-errors'] as const;
type Key = (typeof keys)[number];

/** The validator passes over spaces, and then the parser fails at one within an entry: `404 503` has no effect. */
const statusList: Canonical = (raw) => (raw.split(',').every((entry) => /^[0-9]*$/.test(entry.trim())) ? form(errorCodes)(raw) : undefined);

const table: SettingTable<Key> = {
  'custom-http-errors': { meaning: 'replaces answers with these statuses by pages of the default backend', canonical: statusList },
  'disable-proxy-intercept-errors': {
    meaning: 'lets error answers of the backend through and replaces only its own',
    canonical: bool,
    initial: 'false',
    setting: 'disable-proxy-intercept-errors',
    idle: needs('custom-http-errors', 'only it makes nginx replace error answers'),
  },
};

export const errorPageCodes = defineCodes({
  'error-pages/unknown-hosts': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'custom-http-errors of the controller ConfigMap is lost for hosts that no Ingress names: the gateway answers 404 itself.',
    why: 'nginx puts the page of the default backend, or 500 where none is known, in place of its 404 for unknown hosts. A gateway without a route for a name has nothing to put there.',
    do: 'Nothing, unless clients read that page; then write a route without hostnames to the Service that has it.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl',
  },
});

/** What the ConfigMap makes of the 404 for hosts that no Ingress names. */
export function pagesOfUnknownHosts({ settings, servers }: Pick<EffectiveConfiguration, 'settings' | 'servers'>): readonly Finding[] {
  const { raw } = settings;
  const replaced = parseList(raw.get('custom-http-errors') ?? '').includes('404') && parseBoolean(raw.get('disable-proxy-intercept-errors') ?? '') !== true;
  return replaced && servers.every(({ host }) => host !== CATCH_ALL) ? [raise(errorPageCodes, 'error-pages/unknown-hosts', aboutSetting(settings, 'custom-http-errors'), {})] : [];
}

/** Who answers in place of the errors: the Service of default-backend, that of the controller, or the 404 that is built into it. */
function serviceOf(input: FamilyInput<Key>): ErrorPagesIntent['service'] {
  const { ingress, settings, inventory } = input;
  const { namespace } = ingress.ref;
  const name = siblingText(input)('default-backend').trim();
  // A Service without ports is ignored; one that is not in the input may well exist.
  const ports = inventory.services.get(objectKey(namespace, name))?.ports;
  return name !== '' && ports?.length !== 0 ? { namespace, name } : settings.defaultBackendService;
}

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/customhttperrors/main.go */
export const errorPages = defineFamily({
  id: 'error-pages',
  keys,
  codes: errorPageCodes,
  implicit: true,
  intents: ['error-pages'],
  meanings: meaningsOf(table),
  docs: {
    nginx:
      'Asks the default backend (of default-backend, or of the controller) for / with X-Code and X-Original-URI, and sends its answer with its status, whenever the backend or nginx itself would answer one of these statuses. Without such a Service the controller itself answers 404. disable-proxy-intercept-errors leaves the answers of the backend alone.',
    gateway: 'Nothing: a rule of the Gateway API cannot replace an answer. Some gateways have a policy for a fixed text.',
    loss: 'Clients see the error answers of the backend and the gateway instead of the pages.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    const list = set.get('custom-http-errors');
    // error_page of a location replaces what the http block says, and so does a list of its own: https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page
    const text = list?.value ?? input.settings.raw.get('custom-http-errors') ?? '';
    const statuses = [...new Set(parseList(text).map(Number).filter((status) => status >= 300 && status <= 599))].sort((a, b) => a - b);
    if (list === undefined && statuses.length === 0) return rest;
    const setting = list === undefined ? { setting: settingUse(input.settings, 'custom-http-errors') } : {};
    const configured = parseBoolean(input.settings.raw.get('disable-proxy-intercept-errors') ?? '') === true;
    const own = bool(siblingText(input)('disable-proxy-intercept-errors'));
    const ownErrorsOnly = own === undefined ? configured : own === 'true';
    return { ...rest, intents: [{ kind: 'error-pages', from: list === undefined ? [] : usesOf(set), ...setting, statuses, service: serviceOf(input), ownErrorsOnly }] };
  },
});
