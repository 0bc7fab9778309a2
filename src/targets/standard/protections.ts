import { defineCodes, raise } from '../../diagnostics/finding.ts';
import type { Lower } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

const lostProtection = { fidelity: 'lost', risk: 'security' } as const;
const name = 'Use a target that has a policy for it (--target), protect the application in another way and accept this code, or leave the path on ingress-nginx.';

export const protectionCodes = defineCodes({
  'address-list/lost': {
    ...lostProtection,
    what: '{key} is lost, so the rules it protects are closed: they answer 500 and forward nothing.',
    why: 'The Gateway API has no field that admits or refuses client addresses.',
    do: name,
  },
  'basic-auth/lost': {
    ...lostProtection,
    what: '{key} is lost, so the rules it protects are closed: they answer 500 and forward nothing.',
    why: 'The Gateway API has no field for user names and passwords.',
    do: name,
  },
  'external-auth/lost': {
    ...lostProtection,
    what: '{key} is lost, so the rules it protects are closed: they answer 500 and forward nothing.',
    why: 'No standard field of the Gateway API asks another service; the experimental filter ExternalAuth has neither a free address nor a sign-in page.',
    do: name,
  },
  'rate-limit/lost': {
    ...lostProtection,
    what: '{key} is lost, so the rules it protects are closed: they answer 500 and forward nothing.',
    why: 'The Gateway API has no field that limits requests.',
    do: name,
  },
  'connection-limit/lost': {
    ...lostProtection,
    what: '{key} is lost, so the rules it protects are closed: they answer 500 and forward nothing.',
    why: 'The Gateway API has no field that limits the connections of a client.',
    do: name,
  },
  'snippet/protection-lost': {
    ...lostProtection,
    what: '{key}, line {line}: {directive} is lost, so the rules it applies to are closed: they answer 500 and forward nothing.',
    why: 'It can refuse requests, or this tool does not know what it does.',
    do: 'Read what the directive refuses, move that into the application or a policy of your gateway, and accept this code.',
  },
  'waf/lost': {
    ...lostProtection,
    what: '{key} is lost, so the rules it protects are closed: they answer 500 and forward nothing.',
    why: 'The Gateway API has no firewall for the content of requests. The one of ingress-nginx only records what it finds unless modsecurity-snippet or the ConfigMap say SecRuleEngine On.',
    do: 'If it only records, say so (SecRuleEngine DetectionOnly in modsecurity-snippet, of the Ingress or of a ConfigMap that you convert with), or accept this code; otherwise put a firewall in front of the gateway or into it, and accept it then.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#modsecurity',
  },
  'waf/log-lost': {
    fidelity: 'lost',
    risk: 'none',
    what: '{key} is lost: nothing inspects requests any more.',
    why: 'ModSecurity refuses nothing here, since its engine is not on (SecRuleEngine): it only writes what it finds into its log.',
    do: 'If somebody reads that log, put a firewall that records in front of the gateway or into it.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#modsecurity',
  },
  'refused/lost': {
    ...lostProtection,
    what: 'The rules of {key} are closed: they answer 500 and forward nothing.',
    why: 'nginx {meaning}; forwarding now would open what is shut.',
    do: 'Correct {key}, see that the Ingress answers, and convert again.',
  },
});

type Plain = Exclude<keyof typeof protectionCodes, 'refused/lost' | 'snippet/protection-lost' | 'waf/lost' | 'waf/log-lost'>;

/** A protection without a field: the rule must not forward. */
export function lostProtectionOf<K extends 'address-list' | 'basic-auth' | 'external-auth' | 'rate-limit' | 'connection-limit'>(
  code: Plain,
): Lower<K> {
  return (intent, _draft, context) => ({
    kind: 'closed',
    findings: [raise(protectionCodes, code, subjectOf(intent, context), { key: keyOf(intent) })],
  });
}

export const lowerWaf: Lower<'waf'> = (intent, _draft, context) => {
  const [subject, args] = [subjectOf(intent, context), { key: keyOf(intent) }];
  if (intent.records) return { kind: 'lost', findings: [raise(protectionCodes, 'waf/log-lost', subject, args)] };
  return { kind: 'closed', findings: [raise(protectionCodes, 'waf/lost', subject, args)] };
};

export const lowerRefused: Lower<'refused'> = (intent, _draft, context) => ({
  kind: 'closed',
  findings: [raise(protectionCodes, 'refused/lost', subjectOf(intent, context), { key: keyOf(intent), meaning: intent.meaning })],
});
