import { aboutAnnotation, raise } from '../diagnostics/finding.ts';
import { fastcgiIndex } from '../nginx/forms.ts';
import { splitReference } from '../nginx/reader.ts';
import { codes } from './codes.ts';
import { defineFamily, type FamilyInput } from './define.ts';
import { needsFastcgi } from './idle.ts';
import { meaningsOf, readSettings, usesOf, type SettingTable } from './setting.ts';
import { form, text } from './spelling.ts';

const keys = ['fastcgi-index', 'fastcgi-params-configmap'] as const;
type Key = (typeof keys)[number];
const table: SettingTable<Key> = {
  'fastcgi-index': { meaning: 'appends this file name to FastCGI requests that end in a slash', canonical: form(fastcgiIndex), idle: needsFastcgi },
  'fastcgi-params-configmap': { meaning: 'sends the entries of this ConfigMap as FastCGI parameters', canonical: text, idle: needsFastcgi },
};

/** A map of another namespace makes the controller give up on both names, without a refusal. */
const isForeign = ({ ingress, settings }: FamilyInput<Key>, map: string | undefined): boolean => {
  const namespace = splitReference(map ?? '')?.namespace ?? '';
  return namespace !== '' && namespace !== ingress.ref.namespace && !settings.allowCrossNamespace;
};

/** https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/fastcgi/main.go */
export const fastcgi = defineFamily({
  id: 'fastcgi',
  keys,
  codes: {},
  intents: ['fastcgi-parameters'],
  meanings: meaningsOf(table),
  docs: {
    nginx: 'Gives the FastCGI backend an index file and further parameters. Both need backend-protocol: FCGI.',
    gateway: 'Nothing: no field of the Gateway API makes a gateway speak FastCGI.',
    loss: 'The rules are closed already, because their protocol has no counterpart; a web server in front of the application has to set the parameters.',
  },
  read: (input) => {
    const { set, rest } = readSettings(input, keys, table);
    if (set.size === 0) return rest;
    if (isForeign(input, set.get('fastcgi-params-configmap')?.value)) {
      const reason = 'fastcgi-params-configmap names a ConfigMap of another namespace, and then the controller reads neither of the two';
      const idle = [...set].map(([name, { use }]) => raise(codes, 'annotation/no-effect', aboutAnnotation(use.ingress, use.key), { annotation: use.key, reason, meaning: table[name].meaning }));
      return { ...rest, findings: [...(rest.findings ?? []), ...idle] };
    }
    return { ...rest, intents: [{ kind: 'fastcgi-parameters', from: usesOf(set), index: set.get('fastcgi-index')?.value ?? '', configMap: set.get('fastcgi-params-configmap')?.value ?? '' }] };
  },
});
