import { hashBy } from '../nginx/forms.ts';
import { defineFamily } from './define.ts';
import { modsecurityIsOff } from './idle.ts';
import { onlyRecords } from './modsecurity.ts';
import { meaningsOf, readSettings, usesOf, type SettingTable } from './setting.ts';
import { bool, form } from './spelling.ts';

const keys = ['enable-modsecurity', 'enable-owasp-core-rules', 'modsecurity-transaction-id'] as const;
const table: SettingTable<(typeof keys)[number]> = {
  'enable-modsecurity': { meaning: 'inspects requests with ModSecurity', canonical: bool, initial: 'false', setting: 'enable-modsecurity' },
  'enable-owasp-core-rules': { meaning: 'judges requests by the OWASP core rule set', canonical: bool, initial: 'false', idle: modsecurityIsOff },
  'modsecurity-transaction-id': { meaning: 'labels the audit log of ModSecurity', canonical: form(hashBy), idle: modsecurityIsOff },
};

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/modsecurity/main.go */
export const waf = defineFamily({
  id: 'waf',
  keys,
  codes: {},
  intents: ['waf'],
  meanings: meaningsOf(table),
  docs: {
    nginx:
      'Inspects the requests of the Ingress with ModSecurity, and with the OWASP core rule set if asked for. The configuration that comes with the controller only records what it finds; modsecurity-snippet or the ConfigMap make it refuse (SecRuleEngine On). enable-modsecurity false switches off what the ConfigMap switches on.',
    gateway: 'The Gateway API has no firewall for the content of requests; some gateways take one as an extension, with rules of its own.',
    loss: 'What the firewall refused would reach the application, so the rules it protects are closed, unless a modsecurity-snippet says that the engine is not on: then its log is lost.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    if (set.size === 0) return rest;
    const coreRules = set.get('enable-owasp-core-rules')?.value === 'true';
    return { ...rest, intents: [{ kind: 'waf', from: usesOf(set), records: onlyRecords(input.ingress, input.settings), coreRules, transactionId: set.get('modsecurity-transaction-id')?.value ?? '' }] };
  },
});
