import { defineCodes, raise } from '../../diagnostics/finding.ts';
import type { Lower } from '../define.ts';
import { subjectOf } from '../subject.ts';
import { keyOf } from './intent-key.ts';

export const rewriteCodes = defineCodes({
  'rewrite/capture-groups': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The rewrite of {path} to {target} ({key}) is lost, and its rule is closed.',
    why: 'It puts captured text into the new path. The Gateway API can replace a prefix or the whole path; written literally, the application would be asked for {target}.',
    do: 'Use a target with regex rewrites (--target envoy-gateway), write the path as PREFIX(/|$)(.*) with /$2, or let the application serve the path itself.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpurlrewritefilter',
  },
  'rewrite/root-prefix': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Some gateways join {value} and the rest of {path} ({key}) without the slash between them: /x becomes {value}x.',
    why: 'ReplacePrefixMatch replaces whole segments. Envoy Gateway (1.9.1) writes the text in the place of the slash of the prefix /.',
    do: 'Name your gateway with --target, or ask for one path through it before the switch.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httppathmodifier',
  },
  'rewrite/unsayable': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The rewrite of {path} to {target} ({key}) is lost, and its rule is closed.',
    why: 'URLRewrite takes an absolute path: {reason}.',
    do: 'Give {key} an absolute path.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpurlrewritefilter',
  },
  'upstream-host/unsayable': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{key} is lost: the application gets the Host the client sent instead of {host}.',
    why: 'URLRewrite.hostname takes a DNS name, without variables or a port.',
    do: 'Give the annotation a DNS name, or let the application accept the public name.',
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/#httpurlrewritefilter',
  },
});

export const lowerRewrite: Lower<'rewrite'> = (intent, draft, context) => {
  const { rewrite } = context.path;
  const common = { key: keyOf(intent), target: intent.target, path: context.rule.location.path };
  switch (rewrite.kind) {
    case 'none':
      return { kind: 'exact' };
    case 'full':
      draft.urlRewrite = { ...draft.urlRewrite, path: { type: 'ReplaceFullPath', replaceFullPath: rewrite.value } };
      return { kind: 'exact' };
    case 'prefix':
      draft.urlRewrite = { ...draft.urlRewrite, path: { type: 'ReplacePrefixMatch', replacePrefixMatch: rewrite.value } };
      // `/` in the place of `/` is no rewrite, and never comes here.
      if (context.path.match.value !== '/') return { kind: 'exact' };
      return { kind: 'approximate', findings: [raise(rewriteCodes, 'rewrite/root-prefix', subjectOf(intent, context), { ...common, value: rewrite.value })] };
    case 'capture':
      return { kind: 'closed', findings: [raise(rewriteCodes, 'rewrite/capture-groups', subjectOf(intent, context), common)] };
    case 'impossible': {
      const args = { ...common, reason: rewrite.reason };
      return { kind: 'closed', findings: [raise(rewriteCodes, 'rewrite/unsayable', subjectOf(intent, context), args)] };
    }
  }
};

const hostname = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

export const lowerUpstreamHost: Lower<'upstream-host'> = (intent, draft, context) => {
  const host = intent.host.toLowerCase();
  if (host.length > 253 || !hostname.test(host)) {
    const args = { key: keyOf(intent), host: intent.host };
    return { kind: 'lost', findings: [raise(rewriteCodes, 'upstream-host/unsayable', subjectOf(intent, context), args)] };
  }
  draft.urlRewrite = { ...draft.urlRewrite, hostname: host };
  return { kind: 'exact' };
};
