import { aboutAnnotation, defineCodes, raise } from '../diagnostics/finding.ts';
import { normaliseText } from '../nginx/values.ts';
import { readAddressLists } from './address-list.ts';
import { readBasicAuth } from './basic-auth.ts';
import { defineFamily, type FamilyInput, type LocationReading } from './define.ts';
import { readExternalAuth } from './external-auth-value.ts';
import { globalAuthEnabled, globalAuthOf } from './global-auth.ts';
import { siblingsOf } from './siblings.ts';
import { hasSnippetLists } from './snippets/lists.ts';

const codes = defineCodes({
  'satisfy/default': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} changes nothing: every check has to pass with or without it.',
    why: 'all is the default of nginx, and also what a gateway does with several policies on one route.',
    do: 'Nothing.',
    source: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#satisfy',
  },
  'satisfy/too-few-checks': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} changes nothing: the Ingress has fewer than two checks to choose between.',
    why: 'satisfy: any lets a request in that passes one of address list, password and external authentication.',
    do: 'Remove {annotation}, or see whether a check is missing that it was written for.',
    source: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#satisfy',
  },
  'satisfy/value-ignored': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: its value is neither any nor all.',
    why: 'ingress-nginx ignores other texts (a trailing line break makes one), and every check has to pass.',
    do: 'Remove {annotation}, or set it to any if one passed check should do.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/satisfy/main.go',
  },
});

/** How many kinds of checks the access phase of nginx has on the Ingress. Rate limits and client certificates are not among them. */
function countChecks({ ingress, settings, inventory }: FamilyInput<'satisfy'>): number {
  const get = siblingsOf(ingress, settings);
  const input = { ingress, settings, inventory, get };
  const lists = readAddressLists(get, settings);
  const addresses = lists.kind === 'lists' && (lists.allow.length > 0 || lists.deny.length > 0);
  const basic = readBasicAuth(input).kind === 'protected';
  const own = readExternalAuth(input).kind;
  const external = own === 'protected' || (own !== 'refused' && globalAuthOf(settings) !== undefined && globalAuthEnabled(get('enable-global-auth')));
  return [addresses, basic, external].filter(Boolean).length;
}

export const satisfy = defineFamily({
  id: 'satisfy',
  keys: ['satisfy'],
  codes,
  intents: ['satisfy-any'],
  docs: {
    nginx: 'Says whether a request has to pass all of address list, password and external authentication (all, the default), or one of them (any).',
    gateway: 'The Gateway API has no such choice: every filter and policy of a route has to let a request pass.',
    loss: 'With any, requests that pass one check and fail another are refused after the migration: stricter, never more open.',
  },
  read: (input) => {
    const { ingress, get } = input;
    const annotation = get('satisfy');
    if (annotation === undefined) return {};
    const { key, raw } = annotation;
    const about = aboutAnnotation(ingress, key);
    const text = normaliseText(raw);
    if (text === 'all') return { findings: [raise(codes, 'satisfy/default', about, { annotation: key })] };
    if (text !== 'any') return { findings: [raise(codes, 'satisfy/value-ignored', about, { annotation: key })] };
    const intents = [{ kind: 'satisfy-any', from: [annotation] }] as const;
    const checks = countChecks(input);
    if (checks > 1) return { intents };
    const tooFew: LocationReading = { intents: [], findings: [raise(codes, 'satisfy/too-few-checks', about, { annotation: key })] };
    return checks === 0 ? tooFew : { forLocation: (location, server) => (hasSnippetLists(location, server, input.settings) ? { intents } : tooFew) };
  },
});
