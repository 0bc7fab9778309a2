import type { CodeEntry, Finding } from './finding.ts';

/** Credentials that somebody wrote into a URL are no part of any message. */
function withoutCredentials(text: string): string {
  return text.includes('://') ? text.replace(/:\/\/[^\s/@?#]+@/g, '://***@') : text;
}

/** Fills `{name}` from the arguments. Unknown names stay visible: a meta test forbids them. */
export function fillTemplate(template: string, args: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => {
    const value = args[name];
    return value === undefined ? whole : withoutCredentials(value);
  });
}

export interface Message {
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

export function messageOf(finding: Finding): Message {
  const fill = (text: string): string => fillTemplate(text, finding.args);
  const { what, why, do: todo }: CodeEntry = finding.entry;
  return { what: fill(what), why: fill(why), todo: fill(todo) };
}
