import type { Finding } from '../diagnostics/finding.ts';
import type { CrdBundle } from './cluster/bundle.ts';
import type { Server } from './cluster/list.ts';
import type { ClusterScope } from './cluster/options.ts';
import type { Fields } from './reading.ts';

/** Text of one input, whole. */
export interface SourceText {
  readonly kind: 'text';
  /** Name as the user gave it; `-` for standard input. */
  readonly file: string;
  readonly text: string;
  /** Came through a pipe: documents are known by the files that a renderer names in it. */
  readonly stream?: boolean;
}

/** An input that gave nothing: the run goes on without it and ends with exit code 3. */
interface SourceFailure {
  readonly kind: 'failure';
  readonly finding: Finding;
}

/** Objects that were never text, such as those of a cluster. */
export interface SourceObjects {
  readonly kind: 'objects';
  /** `file` says where the object stands, in place of a file. */
  readonly objects: readonly { readonly file: string; readonly value: Fields }[];
}

/** What an input has to say about what it read; nothing is missing. */
interface SourceNote {
  readonly kind: 'note';
  readonly finding: Finding;
}

/** A kind was listed whole: what did not come does not exist. */
interface SourceComplete {
  readonly kind: 'complete';
  readonly of: 'Service' | 'Secret';
  /** Undefined: in all namespaces. */
  readonly namespace: string | undefined;
}

export type SourceItem = SourceText | SourceFailure | SourceObjects | SourceNote | SourceComplete;

/** A cluster that a run reads, already found. */
export interface ClusterInput {
  readonly server: Server;
  /** Name of the context, for the places of findings. */
  readonly context: string;
  readonly scope: ClusterScope;
  /** Undefined: the user says which CRDs there are going to be. */
  readonly bundle: CrdBundle | undefined;
  /** Gateway API version and channel that the run writes for, such as `1.5 (standard channel)`. */
  readonly gatewayApi: string;
  /** Whether the controller's flags and ConfigMap are looked for: the user did not give them. */
  readonly controller: boolean;
}

export interface InputOptions {
  /** -R: directories with their subdirectories. */
  readonly recursive: boolean;
  /** Asked for only when it is read: Node opens it, and loads what that takes, at the first touch. */
  readonly stdin: () => NodeJS.ReadableStream;
  /** What the input `cluster:` stands for. */
  readonly cluster?: ClusterInput | undefined;
}

/**
 * One way to get text. Providers never throw for what the outside world does: a missing file is a failure item.
 * They yield in an order that depends on names only.
 */
export interface InputProvider {
  readonly id: string;
  /** Whether this provider reads the input of that name. The first one of the registry wins. */
  readonly accepts: (input: string) => boolean;
  readonly read: (input: string, options: InputOptions) => AsyncIterable<SourceItem>;
}
