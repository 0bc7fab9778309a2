/** The file that a document of a stream came from, and where in the document its text starts. */
export interface StreamName {
  readonly file: string;
  readonly offset: number;
}

/** Blank lines and comments, as they stand before the first line of YAML. */
const head = /^(?:[ \t\r]*(?:#[^\n]*)?\n)*/u;
/** Helm writes `# Source: CHART/templates/FILE` above what a template gave (https://github.com/helm/helm/blob/v3.18.0/pkg/action/action.go#L133). */
const helm = /^# Source: ([^\p{C}]+?)[ \t\r]*$/mu;
/**
 * kustomize says the file under `path:` when buildMetadata holds originAnnotations; kpt and kustomize functions in an annotation of their own:
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata/
 */
const kustomize = /^[ \t]+config\.kubernetes\.io\/origin:[ \t]*\|[^\n]*\n(?:[ \t]+(?:repo|ref): [^\n]*\n)*[ \t]+path: ([^\p{C}]+?)[ \t\r]*$/mu;
const kpt = /^[ \t]+(?:internal\.)?config\.kubernetes\.io\/path:[ \t]*["']?([^\p{C}"']+?)["']?[ \t\r]*$/mu;

/** Which file a renderer names for a document of its stream; undefined when it names none. */
export function nameInStream(text: string): StreamName | undefined {
  const comments = head.exec(text)?.[0] ?? '';
  const source = comments.includes('# Source: ') ? helm.exec(comments) : null;
  if (source?.[1] !== undefined) return { file: source[1], offset: text.indexOf('\n', source.index) + 1 };
  if (!text.includes('config.kubernetes.io/')) return undefined;
  const file = kustomize.exec(text)?.[1] ?? kpt.exec(text)?.[1];
  return file === undefined ? undefined : { file, offset: comments.length };
}
