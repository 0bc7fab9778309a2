import { aboutAnnotation, defineCodes, raise } from '../diagnostics/finding.ts';
import { defineFamily } from './define.ts';
import { removedNames } from './removed-names.ts';

export const codes = defineCodes({
  'removed/name': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} changes nothing today: ingress-nginx has not known it since {release}.',
    why: 'It once {meaning}. The controller skips names that it has no parser for, without a word.',
    do: 'Delete the annotation. {advice}',
    source: 'https://github.com/kubernetes/ingress-nginx/tree/controller-v1.15.1/internal/ingress/annotations',
  },
});

const keys = [
  'enable-opentracing',
  'opentracing-trust-incoming-span',
  'opentracing-operation-name',
  'secure-backends',
  'grpc-backend',
  'add-base-url',
  'base-url-scheme',
  'session-cookie-hash',
  'secure-verify-ca-secret',
  'lua-resty-waf',
  'global-rate-limit',
  'global-rate-limit-window',
  'global-rate-limit-key',
  'global-rate-limit-ignored-cidrs',
  'enable-influxdb',
  'upstream-max-fails',
  'upstream-fail-timeout',
] as const;

/** Names that older controllers read. What no longer works must not start to work by migration. */
export const removed = defineFamily({
  id: 'removed',
  keys,
  codes,
  intents: [],
  meanings: Object.fromEntries(keys.map((name) => [name, `Once it ${removedNames[name].meaning}; ingress-nginx has not read it since ${removedNames[name].since}.`])),
  docs: {
    nginx: 'Reads none of these names any more: releases before the one named switched them off or replaced them.',
    gateway: 'Nothing is needed for what does nothing; where the effect is wanted, the finding names what gives it today.',
    loss: 'Nothing: they have no effect today.',
  },
  read: ({ get }) => ({
    findings: keys.flatMap((name) => {
      const present = get(name);
      if (present === undefined) return [];
      const { ingress, key } = present;
      const { since, meaning, advice } = removedNames[name];
      return [raise(codes, 'removed/name', aboutAnnotation(ingress, key), { annotation: key, release: since, meaning, advice })];
    }),
  }),
});
