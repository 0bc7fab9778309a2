import { defineCodes } from '../diagnostics/finding.ts';

/** What can be wrong with a document as text. */
export const documentCodes = defineCodes({
  'input/unreadable-yaml': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The document is not valid YAML: {reason}.',
    why: 'kubectl would refuse it as well. The other documents of the file were read.',
    do: 'Correct the line named here and run again.',
  },
  'input/helm-template': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The document is a template, not a manifest: {reason}.',
    why: 'Text in double braces becomes YAML only when Helm (or another renderer) has filled it in.',
    do: 'Render the chart first and pass the result: `helm template RELEASE CHART | gwmigrate convert -` reads it.',
  },
  'input/duplicate-key': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'A key stands twice in the same map; the last one counts.',
    why: 'kubectl keeps the last value without a word, so the first one never took effect.',
    do: 'Remove the key that you do not mean.',
  },
  'input/too-deep': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The document nests more than {limit} levels and was not read.',
    why: 'No Kubernetes object that matters here nests a tenth of that; such depth is a mistake or an attack on the parser.',
    do: 'Take the document out of the input.',
  },
  'input/too-many-aliases': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The aliases of the document stand for too much and it was not read: {reason}.',
    why: 'Aliases of aliases multiply, so a few lines can stand for billions of values.',
    do: 'Write the values out, or take the document out of the input.',
  },
  'input/document-too-large': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The document is larger than {limit} and was not read.',
    why: 'A YAML document with flow style, anchors or the like is parsed as a whole, so its size is bounded. JSON and plain block style are not bound by this limit.',
    do: 'Dump with -o json, or dump one namespace after the other.',
  },
});
