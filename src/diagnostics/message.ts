import type { CodeEntry, Finding } from './finding.ts';

/** Fills `{name}` from the arguments. Unknown names stay visible: a meta test forbids them. */
export function fillTemplate(template: string, args: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => args[name] ?? whole);
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
