/**
 * Text that another tool was to fill in: `${VAR}` (envsubst, Flux), `$(VAR)` (Kustomize, Argo), `<NAME>`, `__NAME__`, `#{NAME}#`, `{{ name }}`.
 * A named group `(?<name>` of a path regex is none.
 */
const placeholder = /\$\{[^}]*\}|\$\([A-Za-z_]\w*\)|(?<!\?)<[A-Za-z][\w .-]*>|<<.*>>|__[A-Z][A-Z0-9_]*__|#\{[^}]*\}|\{\{.*\}\}/u;
/** Nothing without one of these can hold a placeholder: saves the regular expression for nearly every value. */
const hint = /[${<]|__/u;

export function findPlaceholder(text: string): string | undefined {
  return hint.test(text) ? placeholder.exec(text)?.[0] : undefined;
}
