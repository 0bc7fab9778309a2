import { aboutAnnotation, aboutIngress, defineCodes, raise, type Finding } from '../diagnostics/finding.ts';
import { parseNetworks } from '../nginx/networks.ts';
import type { ControllerSettings } from '../nginx/settings.ts';
import type { AddressListIntent } from '../plan/intents.ts';
import { defineFamily, type PresentAnnotation } from './define.ts';
import { refused } from './refused.ts';
import { settingUse } from './setting-use.ts';
import { presentOf } from './siblings.ts';

const codes = defineCodes({
  'address-list/other-name-wins': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has no effect: {winner} stands beside it.',
    why: 'The two annotations are names of the same list, and ingress-nginx reads whitelist-source-range only while allowlist-source-range is absent or empty.',
    do: 'Remove {annotation}, after checking that {winner} holds every address that should get in.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/ipallowlist/main.go',
  },
  'address-list/empty-whitelist': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is empty and protects nothing: every address gets in today, unless the controller has a list of its own.',
    why: 'ingress-nginx skips an empty whitelist-source-range, unlike an empty allowlist-source-range, which makes it answer 503.',
    do: 'Fill in the addresses that should get in, or remove {annotation}.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/parser/main.go',
  },
  'address-list/client-address-from-header': {
    fidelity: 'approximate',
    risk: 'security',
    what: 'The addresses of {origin} are compared with the address a header or the PROXY protocol names; the gateway has to read it there as well.',
    why: 'The ConfigMap of the controller sets {setting}, so nginx takes the client address from what stands in front of it. A gateway compares the address of the connection, which may be a load balancer that the list lets in.',
    do: 'With --target envoy-gateway the ClientTrafficPolicy of the output says so: compare its trusted addresses with what stands in front of the gateway. On other gateways, and on an existing one (--existing-gateway), configure the source of the client address yourself. Then accept this finding.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#use-forwarded-headers',
  },
});

const keys = ['allowlist-source-range', 'whitelist-source-range', 'denylist-source-range'] as const;

/** What the three annotations and the controller's own lists come to. */
export type AddressLists =
  | { readonly kind: 'lists'; readonly allow: readonly string[]; readonly deny: readonly string[]; readonly from: readonly PresentAnnotation[] }
  | { readonly kind: 'refused'; readonly annotations: readonly PresentAnnotation[] };

/** The allow list that counts; an empty one only when it alone is there, and then nginx refuses everything. */
function allowListOf(get: (name: (typeof keys)[number]) => PresentAnnotation | undefined): PresentAnnotation | undefined {
  const allow = get('allowlist-source-range');
  if (allow !== undefined && allow.raw !== '') return allow;
  const white = get('whitelist-source-range');
  return white !== undefined && white.raw !== '' ? white : allow;
}

/** The key of the ConfigMap behind the lists of an Ingress without its own. */
function keyBehind({ allowListSourceRange, denyListSourceRange }: ControllerSettings): string {
  if (allowListSourceRange.length > 0) return 'whitelist-source-range';
  return denyListSourceRange.length > 0 ? 'denylist-source-range' : 'block-cidrs';
}

export function readAddressLists(
  get: (name: (typeof keys)[number]) => PresentAnnotation | undefined,
  settings: Pick<ControllerSettings, 'allowListSourceRange' | 'denyListSourceRange' | 'blockCidrs'>,
): AddressLists {
  const allow = allowListOf(get);
  const deny = get('denylist-source-range');
  const allowed = allow === undefined ? settings.allowListSourceRange : parseNetworks(allow.raw);
  const denied = deny === undefined ? settings.denyListSourceRange : parseNetworks(deny.raw);
  const from = presentOf([allow, deny]);
  if (allowed === undefined || denied === undefined) return { kind: 'refused', annotations: from };
  // Lists of a location replace those of all locations (https://nginx.org/en/docs/http/ngx_http_access_module.html).
  if (allowed.length === 0 && denied.length === 0) return { kind: 'lists', allow: [], deny: settings.blockCidrs, from };
  return { kind: 'lists', allow: allowed, deny: denied, from };
}

export const addressList = defineFamily({
  id: 'address-list',
  keys,
  codes,
  implicit: true,
  intents: ['address-list'],
  docs: {
    nginx:
      'Compares the address of the connection with the lists: a denied address gets 403, and with an allow list every other address gets 403 too. An annotation replaces the list of the controller. A list with an entry that is no address, or an empty one, makes nginx answer 503.',
    gateway: 'The Gateway API has no address lists. Most gateways have a policy of their own for them.',
    loss: 'Without a counterpart anybody could reach the path, so the rule is closed.',
  },
  read: ({ ingress, settings, get }) => {
    const allow = get('allowlist-source-range');
    const white = get('whitelist-source-range');
    const findings: Finding[] = [];
    const chosen = allowListOf(get);
    const loser = chosen?.key === allow?.key ? white : allow;
    if (chosen !== undefined && loser !== undefined) {
      findings.push(raise(codes, 'address-list/other-name-wins', aboutAnnotation(ingress, loser.key), { annotation: loser.key, winner: chosen.key }));
    } else if (loser !== undefined) {
      findings.push(raise(codes, 'address-list/empty-whitelist', aboutAnnotation(ingress, loser.key), { annotation: loser.key }));
    }
    const lists = readAddressLists(get, settings);
    if (lists.kind === 'refused') {
      return { ...refused(lists.annotations, 'answers 503 on every path of the Ingress, because an entry of the list is no address'), findings };
    }
    const { allow: allowed, deny, from } = lists;
    if (allowed.length === 0 && deny.length === 0) return { findings };
    const [first] = from;
    if (settings.useForwardedHeaders || settings.useProxyProtocol) {
      const subject = first === undefined ? aboutIngress(ingress) : aboutAnnotation(ingress, first.key);
      const setting = settings.useProxyProtocol ? 'use-proxy-protocol' : 'use-forwarded-headers';
      findings.push(raise(codes, 'address-list/client-address-from-header', subject, { origin: first?.key ?? "the controller's list", setting }));
    }
    const intent: AddressListIntent = { kind: 'address-list', from, ...(first === undefined ? { setting: settingUse(settings, keyBehind(settings)) } : {}), allow: allowed, deny };
    return { intents: [intent], findings };
  },
});
