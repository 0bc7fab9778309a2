/** Exit codes of the command line; the contract is in the README. */
export const exitCodes = {
  clean: 0,
  findings: 1,
  usage: 2,
  partialInput: 3,
  bug: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface Outcome {
  readonly failed: boolean;
  readonly unreadable: boolean;
}

/** Unreadable input weighs more than findings: what was not read cannot be judged. */
export function exitCodeOf(outcome: Outcome): ExitCode {
  if (outcome.unreadable) return exitCodes.partialInput;
  return outcome.failed ? exitCodes.findings : exitCodes.clean;
}

/** Wrong use of the command line or of a file it names: one line on stderr, exit 2. */
export class UsageError extends Error {}

/** The cluster cannot be read at all: one message on stderr, exit 3. */
export class UnreachableError extends Error {}
