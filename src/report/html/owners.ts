/**
 * Last parts of label keys that say whose an object is: the recommended app.kubernetes.io/part-of
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/) and the words that teams choose themselves.
 */
const ownerWords: ReadonlySet<string> = new Set(['part-of', 'owner', 'owned-by', 'team', 'squad', 'tribe', 'department', 'maintainer', 'cost-center']);

const noLabels: ReadonlyMap<string, string> = new Map();

/** `KEY = VALUE` of every owner label; labels of the Namespace speak where the Ingress has none of that key. */
export function ownersOf(labels: ReadonlyMap<string, string> = noLabels, ofNamespace: ReadonlyMap<string, string> = noLabels): readonly string[] {
  return [...new Map([...ofNamespace, ...labels])]
    .filter(([key, value]) => value !== '' && ownerWords.has(key.slice(key.lastIndexOf('/') + 1).toLowerCase()))
    .map(([key, value]) => `${key} = ${value}`);
}
