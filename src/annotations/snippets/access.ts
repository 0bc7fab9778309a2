import { parseNetwork } from '../../nginx/networks.ts';
import type { AddressListIntent } from '../../plan/intents.ts';
import type { DirectiveRow, ReadDirective, Step } from './define.ts';

export type AccessStep = Extract<Step, { kind: 'access' }>;

const access = (act: AccessStep['act']): ReadDirective => ({ args, line }) => {
  const [text = ''] = args;
  const network = text === 'all' ? 'all' : parseNetwork(text);
  return args.length !== 1 || network === undefined ? undefined : { steps: [{ kind: 'access', line, act, network }] };
};

const source = (name: string): string => `https://nginx.org/en/docs/http/ngx_http_access_module.html#${name}`;

export const accessRows: Readonly<Record<string, DirectiveRow>> = {
  allow: { read: access('allow'), source: source('allow') },
  deny: { read: access('deny'), source: source('deny') },
};

const everybody: readonly string[] = ['0.0.0.0/0', '::/0'];

/**
 * The first rule that fits an address decides; an address that none fits gets in. Lists that are compared one after the other say the same where no
 * refusal stands behind an admission that it could overlap.
 *
 * @returns undefined where lists cannot say it
 */
export function listsOf(steps: readonly AccessStep[]): Pick<AddressListIntent, 'allow' | 'deny'> | undefined {
  const end = steps.findIndex(({ network }) => network === 'all');
  const rules = end < 0 ? steps : steps.slice(0, end);
  const closed = steps[end]?.act === 'deny';
  const firstAllow = rules.findIndex(({ act }) => act === 'allow');
  const lastAllow = rules.findLastIndex(({ act }) => act === 'allow');
  // Behind the last admission everybody is refused anyway, if at all.
  const between = rules.some(({ act }, at) => act === 'deny' && at > firstAllow && firstAllow >= 0 && (!closed || at < lastAllow));
  if (between) return undefined;
  const networks = (act: AccessStep['act'], before: number): readonly string[] => rules.filter((rule, at) => rule.act === act && at < before).map(({ network }) => network);
  const allow = closed ? networks('allow', rules.length) : [];
  const deny = networks('deny', firstAllow < 0 ? rules.length : firstAllow);
  return { allow, deny: closed && allow.length === 0 ? everybody : deny };
}
