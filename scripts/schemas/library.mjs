// Collects kinds under names made of kind and content, so that releases share what did not change between them.
import { createHash } from 'node:crypto';
import { convert } from './convert.mjs';
import { share } from './share.mjs';

export function createLibrary() {
  const kinds = new Map();
  const rules = new Map();

  const addRule = (kind, release, path, { message, rule }) => {
    const expression = rule.replace(/\s+/gu, ' ').trim();
    const key = JSON.stringify([message, expression]);
    let entry = rules.get(key);
    if (entry === undefined) rules.set(key, (entry = { message, rule: expression, at: new Set(), releases: new Set() }));
    entry.at.add(`${kind} ${path}`);
    entry.releases.add(release);
  };

  return {
    /** Adds one version of a kind; returns its name in the library. */
    add(definition, version, release, keep) {
      const { kind } = definition.spec.names;
      const { spec, cel, lists } = convert(version, keep);
      for (const [path, found] of cel) for (const rule of found) addRule(kind, release, path, rule);
      const content = {
        kind,
        scope: definition.spec.scope,
        cel: Object.fromEntries(cel.map(([path, found]) => [path, found.map(({ message }) => message)])),
        lists: Object.fromEntries(lists),
        spec: share(spec),
      };
      const text = `${JSON.stringify(content)}\n`;
      const name = `${kind}-${createHash('sha256').update(text).digest('hex').slice(0, 10)}`;
      kinds.set(name, text);
      return name;
    },
    /** File contents by name, and the list of CEL rules. */
    files() {
      const list = [...rules.values()].map(({ message, rule, at, releases }) => ({ message, rule, at: [...at].sort(), releases: [...releases] }));
      list.sort((a, b) => (a.message === b.message ? (a.rule < b.rule ? -1 : 1) : a.message < b.message ? -1 : 1));
      return new Map([
        ...[...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => [`kinds/${name}.json`, text]),
        ['cel.json', `[\n${list.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`],
      ]);
    },
  };
}
