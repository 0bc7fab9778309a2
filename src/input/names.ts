/** RFC 1123 label, as the API server asks of namespaces. Source: k8s.io/apimachinery/pkg/util/validation. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u;
const subdomain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/u;
/** RFC 1035 label, as the API server asks of Services. */
const serviceLabel = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/u;
const labelPart = /^[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/u;

export const isNamespace = (text: string): boolean => label.test(text);
export const isObjectName = (text: string): boolean => text.length <= 253 && subdomain.test(text);
export const isServiceName = (text: string): boolean => serviceLabel.test(text);

/** Key of a label: an optional domain before a slash. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  return labelPart.test(text.slice(slash + 1)) && (slash < 0 || isObjectName(text.slice(0, slash)));
}

export const isLabelValue = (text: string): boolean => text === '' || labelPart.test(text);
