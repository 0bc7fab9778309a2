import { defineCodes } from '../diagnostics/finding.ts';

const report = 'Do not apply the output; report the problem together with the Ingresses it came from.';

/** The check of gwmigrate's own output. Any of these is a bug of gwmigrate, never of the input: the run ends with exit code 70. */
export const codes = defineCodes({
  'internal/invalid-output': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{object} of the output is invalid at {path}: {problem}.',
    why: 'The CRDs of {release} would reject it.',
    do: report,
    source: 'https://github.com/kubernetes-sigs/gateway-api/tree/main/config/crd',
  },
  'internal/unserved-kind': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{object} of the output has the type {type}, which {release} does not serve.',
    why: 'A cluster with these CRDs does not know the type.',
    do: report,
  },
  'internal/duplicate-object': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{object} is in the output more than once.',
    why: 'Of two objects with one name the last one applied replaces the others.',
    do: report,
  },
  'internal/broken-reference': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{object} of the output has a reference that does not hold at {path}: {problem}.',
    why: 'The gateway would not accept the object, or would answer 500.',
    do: report,
    source: 'https://gateway-api.sigs.k8s.io/reference/spec/',
  },
  'internal/closed-rule-forwards': {
    fidelity: 'lost',
    risk: 'security',
    what: '{object} of the output has a rule without backends that still sends requests on at {path}.',
    why: 'A rule is closed when a protection cannot be expressed: a filter that copies its requests to a backend would undo that.',
    do: report,
  },
});
