import { InvalidArgumentError, type Command } from 'commander';
import type { RunFlags } from './options.ts';

/** What `probe` takes besides the options of a run. Addresses are read by the command. */
export interface ProbeFlags extends RunFlags {
  readonly before: string;
  readonly after: string;
  readonly method: readonly string[];
  readonly unsafeMethods: boolean;
  readonly maxRequests: number;
  /** Requests a second, to each address. */
  readonly rate: number;
  /** Seconds. */
  readonly timeout: number;
  readonly seed: number;
  readonly header: readonly string[];
  readonly bodyHash: boolean;
  readonly dryRun: boolean;
  readonly write?: string;
}

function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !(number >= least && number <= most)) throw new InvalidArgumentError(`give a number from ${least} to ${most}`);
    return number;
  };
}

function wholeBetween(least: number, most: number): (text: string) => number {
  const read = between(least, most);
  return (text) => {
    const number = read(text);
    if (!Number.isInteger(number)) throw new InvalidArgumentError('give a whole number');
    return number;
  };
}

function method(text: string, previous: readonly string[]): readonly string[] {
  if (!/^[A-Za-z]+$/u.test(text)) throw new InvalidArgumentError('give the name of a method, such as HEAD');
  return [...previous, text.toUpperCase()];
}

function header(text: string, previous: readonly string[]): readonly string[] {
  if (!/^[\w!#$%&'*+.^`|~-]+$/u.test(text)) throw new InvalidArgumentError('give the name of a header, such as cache-control');
  return [...previous, text.toLowerCase()];
}

export function addSeedOption(command: Command): Command {
  return command.option('--seed <n>', 'ask other requests where the limit leaves some out', wholeBetween(0, 1_000_000_000), 0);
}

export function addProbeOptions(command: Command): Command {
  return addSeedOption(command)
    .requiredOption('--before <address>', 'ingress-nginx: HOST[:HTTP-PORT[,HTTPS-PORT]], a port - for none')
    .requiredOption('--after <address>', 'the gateway, in the same form')
    .option('--method <name>', 'method to send instead of GET and HEAD; repeatable', method, [])
    .option('--unsafe-methods', 'send methods that may change something, if --method names them', false)
    .option('--max-requests <n>', 'send at most so many requests to each address', wholeBetween(1, 100_000), 500)
    .option('--rate <n>', 'requests a second to each address, at most', between(0.01, 1000), 10)
    .option('--timeout <seconds>', 'wait so long for an answer', between(0.05, 600), 10)
    .option('--header <name>', 'header of the answer to compare instead of the usual ones; repeatable', header, [])
    .option('--body-hash', 'compare bodies as well', false)
    .option('--dry-run', 'print the requests, send nothing', false)
    .option('--write <dir>', 'write the requests as a script for curl and as a file for Hurl, send nothing');
}
