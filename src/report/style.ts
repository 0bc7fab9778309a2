import { Chalk } from 'chalk';

/** Colours by meaning. The only importer of chalk. */
export interface Style {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

export function styleOf(colour: boolean): Style {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return { error: chalk.red, warning: chalk.yellow, good: chalk.green, strong: chalk.bold, faint: chalk.dim };
}
