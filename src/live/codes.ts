import { defineCodes } from '../diagnostics/finding.ts';

/** Source of the conditions: https://gateway-api.sigs.k8s.io/geps/gep-1364/ and the API's own comments. */
export const codes = defineCodes({
  'status/no-controller': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{object} exists, but no controller has accepted it: nobody reports about {place}.',
    why: 'A controller writes a status for every object that it serves; without one, nothing answers its requests.',
    do: 'Check that the controller of the GatewayClass runs, that the class is accepted, and that the object names the right parent.',
  },
  'status/not-accepted': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{object} exists, but {place} does not accept it: {reason}.',
    why: 'The controller refused it, so it serves no requests there. What stands behind the colon are its own words.',
    do: 'Mend what the controller names before traffic is moved.',
  },
  'status/unresolved': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{object} is accepted, but {place} does not resolve all that it refers to: {reason}.',
    why: 'Rules whose backends cannot be resolved answer 500, and listeners without their certificate answer nothing.',
    do: 'Create what is missing, or the ReferenceGrant that allows the reference.',
  },
  'status/not-programmed': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{object} is accepted, but {place} is not programmed: {reason}.',
    why: 'Programmed says that the data plane has the configuration and an address; until then requests are not served.',
    do: 'Look into the log of the controller, and at its Service of type LoadBalancer.',
  },
  'status/partially-invalid': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{object} is accepted only in parts by {place}: {reason}.',
    why: 'With PartiallyInvalid a controller drops rules or goes on with older ones, although Accepted is true.',
    do: 'Mend the rules that the controller names.',
  },
  'status/conflicted': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{object} has a listener that conflicts with another one, {place}: {reason}.',
    why: 'Of listeners with one port, protocol and hostname the controller serves one at most.',
    do: 'Remove one of the listeners, or give it another port or hostname.',
  },
  'status/outdated': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'What the controller says about {object} ({place}) is about generation {observed}, and the object is at {generation}.',
    why: 'The object was changed after the controller looked at it last, so its other conditions may be wrong.',
    do: 'Wait a moment and look again; if it stays so, the controller is stuck or gone.',
  },
  'dry-run/refused': {
    fidelity: 'lost',
    risk: 'security',
    what: 'The API server refuses {object}: {reason}.',
    why: 'Its schema, an admission policy or a webhook says no, in these words. Applied without it, the other objects may stand open, as a refused policy protects nothing.',
    do: 'Change what it names (the source, an option such as --gateway-class, or the policy) before you apply anything.',
  },
  'dry-run/no-namespace': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Namespace {namespace} does not exist, so the API server could not be asked about {count} in it.',
    why: 'A dry run stores nothing, so the namespace cannot be made first.',
    do: 'Create the namespace and run again, or name another one for the Gateway with --gateway NAMESPACE/NAME.',
  },
  'dry-run/not-served': {
    fidelity: 'lost',
    risk: 'security',
    what: 'The cluster does not know the kind {kind} ({apiVersion}), so {count} cannot be applied.',
    why: 'The CRD is missing, or is of a release without this version. What protects routes may be among them.',
    do: 'Install the CRDs of the Gateway API and of the implementation first, or name what is installed with --target, --gateway-api-version and --channel.',
  },
  'dry-run/warning': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The API server accepts {object} and warns: {reason}.',
    why: 'Warnings come from deprecated versions, unknown fields, and admission policies that only warn.',
    do: 'Read the warning; the object is stored in spite of it.',
  },
  'dry-run/unanswered': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The API server did not answer for {count}: {reason}.',
    why: 'What was not asked about may be refused.',
    do: 'Run again; --request-timeout gives a slow server more time.',
  },
});
