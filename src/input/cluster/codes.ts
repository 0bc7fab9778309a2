import { defineCodes } from '../../diagnostics/finding.ts';

/** What can be wrong with what a cluster lets the tool see. */
export const clusterCodes = defineCodes({
  'cluster/forbidden': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{resource} may not be read {where}, so nothing is known about them.',
    why: 'The API server refused: {reason}. What cannot be read is not taken as absent.',
    do: 'Grant get and list on {resource}, as deploy/clusterrole.yaml of this package does, and run again.',
  },
  'cluster/unread': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{resource} could not be read {where}: {reason}.',
    why: '{count} of them came before that and were used; there may be more, and what was not read is not taken as absent.',
    do: 'Run again; --request-timeout gives a slow server more time.',
  },
  'cluster/not-found': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The Ingress {name} does not exist in namespace {namespace}.',
    why: 'The API server has no Ingress of that name there, so nothing of it was converted.',
    do: 'Check the name, the namespace (-n) and the context (--context).',
  },
  'cluster/no-ingress': {
    fidelity: 'exact',
    risk: 'none',
    what: 'No Ingress was found {where}.',
    why: 'The list that the API server gave is empty, so there is nothing to convert.',
    do: 'Check the namespace (-n, -A), the selectors (-l, --field-selector) and the context (--context).',
  },
  'cluster/no-gateway-api': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The cluster has no Gateway API: its CRDs are not installed, so Gateway API {version} is assumed.',
    why: 'What can be written depends on the version and channel of the CRDs, and the API server refuses routes until they are there.',
    do: 'Install the CRDs first (https://gateway-api.sigs.k8s.io/guides/), or say with --gateway-api-version and --channel which ones you are going to install.',
  },
  'cluster/other-gateway-api': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The output is for Gateway API {wanted}, and the cluster has {installed}.',
    why: 'Fields that the installed CRDs do not know are refused or dropped by the API server.',
    do: 'Leave --gateway-api-version and --channel out to write for what is installed, or upgrade the CRDs before you apply the output.',
  },
  'cluster/mixed-gateway-api': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'The CRDs of the Gateway API are of several releases or channels: {found}. {used} is assumed.',
    why: 'An upgrade that was refused half way leaves such a mixture, and each kind then has the fields of its own release.',
    do: 'Install the CRDs of one release and one channel.',
  },
  'cluster/no-controller': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'No Deployment or DaemonSet of ingress-nginx was found, so its defaults are assumed.',
    why: 'The flags and the ConfigMap of the controller change what annotations mean. They are looked for by the names and labels of the usual charts.',
    do: 'Give them with --controller-configmap and --controller-args if the controller has any.',
  },
});
