import { defineCodes } from '../diagnostics/finding.ts';

/** Annotations whose value is no string. */
export const annotationCodes = defineCodes({
  'input/unquoted-annotation': {
    fidelity: 'exact',
    risk: 'none',
    what: 'The value of {annotation} is {actual} and was read as the text "{text}".',
    why: 'Annotations are strings; the API server refuses the manifest as it stands.',
    do: 'Put quotes around the value.',
  },
  'input/annotation-not-text': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The Ingress was not converted, since its annotation {annotation} is {actual}.',
    why: 'Annotations are strings, so the API server refuses this object; what the annotation was to do (or to protect) cannot be told.',
    do: 'Give it a string: quote the value, or use a block scalar (|) for several lines.',
  },
  'input/annotations-not-a-map': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The Ingress was not converted, since its metadata.annotations is {actual}.',
    why: 'Annotations are a map of strings, so the API server refuses this object; what they were to do (or to protect) cannot be told.',
    do: 'Correct metadata.annotations.',
  },
});
