import { defineCodes } from '../diagnostics/finding.ts';

/** What can be wrong with an object, whatever document it came from. */
export const objectCodes = defineCodes({
  'input/partial-object': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{name} has no spec and was not converted.',
    why: 'It is a patch or a fragment: what it belongs to stands elsewhere, and without rules there is nothing to route.',
    do: 'Build the whole first and pass the result: `kustomize build DIR | gwmigrate convert -` reads it.',
  },
  'input/no-name': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The Ingress has no metadata.name and was not converted.',
    why: 'Every object of the output is named after an Ingress; a name beside metadata, or generateName, does not name it.',
    do: 'Set metadata.name.',
  },
  'input/invalid-name': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The Ingress was not converted, since {field} is "{value}".',
    why: 'The API server refuses such a name: it allows lower-case letters, digits, hyphens, and dots in names of objects.',
    do: 'Correct {field}.',
  },
  'input/no-api-version': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'The Ingress has no apiVersion and was read as networking.k8s.io/v1.',
    why: 'The API server refuses an object without apiVersion, so this manifest cannot have been applied as it is.',
    do: 'Set apiVersion: networking.k8s.io/v1 and check the result.',
  },
  'input/wrong-type': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{field} is {actual} where {expected} belongs, so it was left out.',
    why: 'The API server refuses the manifest as it stands.',
    do: 'Correct {field}.',
  },
  'input/unquoted-scalar': {
    fidelity: 'exact',
    risk: 'none',
    what: '{field} is {actual} and was read as the text "{text}".',
    why: 'The API server takes only strings here and refuses the manifest as it stands.',
    do: 'Put quotes around the value.',
  },
  'input/unknown-field': {
    fidelity: 'approximate',
    risk: 'none',
    what: '{field} is no field of an Ingress and has no effect.',
    why: 'The API server drops fields that it does not know, so a misspelt or misplaced one never did anything.',
    do: 'Correct the name or its indentation if it was meant to work; otherwise remove it.',
  },
  'input/template-placeholder': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{field} holds the placeholder {text}, so what depends on it was left out.',
    why: 'The value is filled in by another tool before the manifest is applied; the output would be invalid with the placeholder in it.',
    do: 'Render the manifests first (helm template, kustomize build, flux envsubst, envsubst) and pass the result.',
  },
  'input/duplicate-object': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{name} stands in the input {count} times with different content; only one of them was converted.',
    why: 'A cluster holds one object of that name. The input does not say which one is applied last, so the one with the most annotations is taken, and among equals the one whose text sorts first.',
    do: 'Pass one environment at a time (one overlay, one values file), or set metadata.namespace where these are different objects.',
  },
  'input/invalid-label': {
    fidelity: 'lost',
    risk: 'none',
    what: 'The label {field} is not valid and was not carried over.',
    why: 'The API server refuses labels other than letters, digits, hyphens, underscores and dots, 63 characters at most.',
    do: 'Correct the label.',
  },
  'input/invalid-timestamp': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'metadata.creationTimestamp is "{value}", which is no time, so it was ignored.',
    why: 'ingress-nginx gives the older of two Ingresses precedence; without a time the order of names decides.',
    do: 'Remove the field, or dump the object again.',
  },
});
