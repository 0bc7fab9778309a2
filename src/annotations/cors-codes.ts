import { defineCodes } from '../diagnostics/finding.ts';

const source = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/cors/main.go';

export const codes = defineCodes({
  'cors/not-enabled': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} changes nothing: CORS is off on this Ingress.',
    why: 'All cors annotations wait for enable-cors: "true" on the same Ingress, which is absent, false, or not a boolean.',
    do: 'Delete the cors annotations, or set enable-cors: "true" on ingress-nginx first, try it, and convert again.',
    source,
  },
  'cors/ignored-value': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that ingress-nginx does not accept ({value}); {instead} is in force, and is what the output says.',
    why: 'The controller logs such a value and goes on with its default.',
    do: 'Correct or delete {annotation}, and check what browsers get today before you change it.',
    source,
  },
  'cors/invalid-origin-allows-any': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} has a value that ingress-nginx does not accept ({value}), so every origin is allowed today and in the output.',
    why: 'One character outside scheme://host:port, such as a final slash, makes the controller fall back to *, which is the opposite of a list.',
    do: 'Write the origins as scheme://host or scheme://host:port, separated by commas, and convert again.',
    source,
  },
  'cors/skipped-origin': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} names {entries}, which allows no origin today and is left out.',
    why: 'The controller skips an entry without a scheme, or with a space inside it.',
    do: 'Delete the entry, or write it as scheme://host and convert again.',
    source,
  },
  'cors/no-usable-origin': {
    fidelity: 'exact',
    risk: 'none',
    what: 'CORS is off although enable-cors is true: {annotation} ({value}) names no usable origin.',
    why: 'The controller skips each entry without a scheme or with a space inside it; with none left it sends no CORS header and hands OPTIONS to the backend.',
    do: 'Delete the cors annotations, or write the origins as scheme://host and convert again.',
    source,
  },
  'cors/null-origin': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{annotation} allows the origin null, which cannot be written in the Gateway API.',
    why: 'Browsers send Origin: null for sandboxed frames, local files and some redirects; allowOrigins takes * or scheme://host only.',
    do: 'Serve the callers from a real origin and list that, or answer CORS in the application.',
    source: 'https://gateway-api.sigs.k8s.io/geps/gep-1767/',
  },
  'cors/credentials-with-wildcard': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Every origin is allowed together with credentials; the output allows every origin without credentials.',
    why: 'nginx answers a literal *, with which browsers refuse credentials, so none work today; a Gateway would name the calling origin instead, and every site could then read with the cookies of the user.',
    do: 'Do nothing if no caller sends cookies; otherwise list the origins in cors-allow-origin and convert again.',
    source: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors/CORSNotSupportingCredentials',
  },
  'cors/wildcard-headers': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} is *, which ingress-nginx does not accept: the default list of headers is in force, and is what the output says.',
    why: 'The controller takes letters, digits, dashes and underscores only; anything else means its default list.',
    do: 'List the headers that callers send, if the default list is not enough.',
    source,
  },
  'cors/unusable-method': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} names {methods}, which allows nothing and is left out.',
    why: 'Browsers compare methods with their case, and send them in capitals.',
    do: 'Write methods in capitals, if they should be allowed.',
    source: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
  },
});
