import { basename, relative } from 'node:path';
import { Command, CommanderError, Help, Option } from 'commander';
import { findConfig } from './config/find.ts';
import { exitCodes, UnreachableError, UsageError } from './exit.ts';
import { addDiffOptions, addOutputOptions, addRunOptions, addVerifyOptions, type ConvertFlags, type DiffFlags, type RunFlags, type VerifyFlags } from './options.ts';
import { addProbeOptions, addSeedOption, type ProbeFlags } from './probe-options.ts';
import { write, type Streams } from './streams.ts';
import { version } from './version.ts';

const exitHelp = `
Exit codes:
  0   clean
  1   findings at or over --fail-on, or differences
  2   wrong usage or configuration
  3   some input could not be read, or the cluster, or an address; the rest was done
  70  a bug in gwmigrate`;

/** kubectl runs plugins as kubectl-NAME; help then says how the user called it. */
export function programName(argv: readonly string[]): string {
  return basename(argv[1] ?? '').startsWith('kubectl-') ? 'kubectl gwmigrate' : 'gwmigrate';
}

type Run = (code: Promise<number>) => Promise<void>;

function addConvert(program: Command, streams: Streams, run: Run): void {
  const command = program
    .command('convert')
    .description('Gateway API manifests to stdout, report to stderr')
    .argument('[files...]', 'files, directories, or - for standard input');
  addOutputOptions(addRunOptions(command)).action(async (files: string[], flags: ConvertFlags) => {
    const { convert } = await import('./commands/convert.ts');
    await run(convert(files, flags, streams, program.name()));
  });
}

function addAudit(program: Command, streams: Streams, run: Run): void {
  const command = program
    .command('audit')
    .description('the report alone, to stdout: the CI step')
    .argument('[files...]', 'files, directories, or - for standard input');
  addRunOptions(command).action(async (files: string[], flags: RunFlags) => {
    const { audit } = await import('./commands/audit.ts');
    await run(audit(files, flags, streams, program.name()));
  });
}

function addVerify(program: Command, streams: Streams, run: Run): void {
  const command = program
    .command('verify')
    .description('behaviour before and after: requests whose outcome differs')
    .argument('[files...]', 'files, directories, or - for standard input');
  addSeedOption(addVerifyOptions(addRunOptions(command))).action(async (files: string[], flags: VerifyFlags) => {
    const { verify } = await import('./commands/verify.ts');
    await run(verify(files, flags, streams, program.name()));
  });
}

function addDiff(program: Command, streams: Streams, run: Run): void {
  const command = program
    .command('diff')
    .description('what the conversion gives against the objects that exist')
    .argument('[files...]', 'files, directories, or - for standard input');
  addSeedOption(addDiffOptions(addRunOptions(command))).action(async (files: string[], flags: DiffFlags) => {
    const { diff } = await import('./commands/diff.ts');
    await run(diff(files, flags, streams, program.name()));
  });
}

function addProbe(program: Command, streams: Streams, run: Run): void {
  const command = program
    .command('probe')
    .description('the same requests sent to the old and the new address: what is answered differently')
    .argument('[files...]', 'files, directories, or - for standard input');
  addProbeOptions(addRunOptions(command)).action(async (files: string[], flags: ProbeFlags) => {
    const { probe } = await import('./commands/probe.ts');
    await run(probe(files, flags, streams));
  });
}

function addReading(program: Command, streams: Streams, run: Run): void {
  program
    .command('explain')
    .description('what a finding code or an annotation means; without argument: the list')
    .argument('[code]', 'finding code or annotation name')
    .option('--list', 'list the codes and annotations', false)
    .addOption(new Option('-o, --output <format>', 'format').choices(['text', 'json']).default('text'))
    .action(async (name: string | undefined, flags: { output: string; list: boolean }) => {
      const { explain } = await import('./commands/explain.ts');
      await run(explain(name, flags, streams));
    });
  program
    .command('targets')
    .description('what each target can express, per version')
    .argument('[name]', 'one target')
    .option('--gateway-api-version <version>', 'version of the CRDs')
    .addOption(new Option('--channel <channel>', 'channel of the CRDs').choices(['standard', 'experimental']))
    .addOption(new Option('-o, --output <format>', 'format').choices(['text', 'json', 'markdown']).default('text'))
    .action(async (name: string | undefined, flags: { output: string; gatewayApiVersion?: string; channel?: string }) => {
      const { targets } = await import('./commands/targets.ts');
      await run(targets(name, flags, streams));
    });
}

function addCompletion(program: Command, streams: Streams, run: Run): void {
  program
    .command('completion')
    .description('script that completes commands, options and codes: bash, zsh, fish or powershell')
    .argument('<shell>', 'bash, zsh, fish or powershell')
    .action(async (shell: string) => {
      const { completion } = await import('./commands/completion.ts');
      await run(completion(shell, streams));
    });
}

/** What completion scripts ask. The words after it are the user's unfinished ones, so commander must not read them. */
async function answer(program: Command, words: readonly string[], streams: Streams): Promise<number> {
  const { answerShell } = await import('./commands/completion.ts');
  return await answerShell(program, words, streams);
}

/** Options of the configuration file, if there is one: its reader is loaded only then. */
async function configure(program: Command, command: Command, streams: Streams): Promise<void> {
  const { config } = command.opts<Partial<Pick<RunFlags, 'config'>>>();
  if (config === false || !command.options.some((option) => option.long === '--config')) return;
  const file = config ?? findConfig(process.cwd());
  if (file === undefined) return;
  const { applyConfig } = await import('./config/apply.ts');
  await applyConfig(program, command, file);
  // A file that nobody named may change every result: say which one it was.
  if (config === undefined) await write(streams.stderr, `configuration: ${relative('', file)}\n`);
}

/** Without the defaults that say nothing: an empty list, and a switch that is off. */
function describe(option: Option): string {
  return new Help().optionDescription(option).replace(/(?:, | \()default: (?:\[\]|false)\)$/u, (end) => (end.startsWith(',') ? ')' : ''));
}

/** The whole command line. `exit` receives the code that the last command returned. */
export function buildProgram(name: string, streams: Streams, exit: (code: number) => void): Command {
  const program = new Command(name)
    .description('Moves ingress-nginx users onto the Kubernetes Gateway API, and says everything that changes meaning.')
    .version(version, '-V, --version')
    .helpCommand(true)
    .showHelpAfterError(`(${name} --help lists the commands and options)`)
    .addHelpText('after', exitHelp)
    .configureHelp({ optionDescription: describe })
    .configureOutput({ writeOut: (text) => streams.stdout.write(text), writeErr: (text) => streams.stderr.write(text) })
    .exitOverride()
    .hook('preAction', async (_program, command) => await configure(program, command, streams));
  const run: Run = async (code) => exit(await code);
  addConvert(program, streams, run);
  addAudit(program, streams, run);
  addVerify(program, streams, run);
  addDiff(program, streams, run);
  addProbe(program, streams, run);
  addReading(program, streams, run);
  addCompletion(program, streams, run);
  for (const command of program.commands) command.copyInheritedSettings(program).addHelpText('after', exitHelp);
  return program;
}

async function failure(error: unknown, name: string, streams: Streams): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
  if (error instanceof UsageError || error instanceof UnreachableError) {
    await write(streams.stderr, `error: ${error.message}\n`);
    return error instanceof UsageError ? exitCodes.usage : exitCodes.partialInput;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await write(streams.stderr, `${name} ${version}: this is a bug, and nothing that was written should be used.\n${stack}\nPlease report it with the command line and, if you may, the input.\n`);
  return exitCodes.bug;
}

/** Runs one command and returns its exit code; never throws. */
export async function runCli(argv: readonly string[], streams: Streams): Promise<number> {
  const name = programName(argv);
  let code: number = exitCodes.clean;
  try {
    const program = buildProgram(name, streams, (value) => void (code = value));
    if (argv[2] === '__complete') return await answer(program, argv.slice(3), streams);
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    return await failure(error, name, streams);
  }
}

/** Entry of the executables. */
export async function main(argv: readonly string[]): Promise<void> {
  const { stdout, stderr, env } = process;
  // A reader that closes early (`| head`) ends the run quietly.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(exitCodes.clean);
    });
  }
  process.exitCode = await runCli(argv, { get stdin() { return process.stdin; }, stdout, stderr, env });
}
