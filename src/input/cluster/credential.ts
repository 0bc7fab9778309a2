import { spawn } from 'node:child_process';
import { isFields, isList, type Fields } from '../reading.ts';
import type { Access } from './access.ts';
import { ClusterError } from './options.ts';

/** What a credential plugin answered. */
export interface Credential {
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function environmentOf(exec: Fields, access: Access, interactive: boolean): Record<string, string | undefined> {
  const { cluster } = access;
  const info = {
    apiVersion: text(exec['apiVersion']),
    kind: 'ExecCredential',
    spec: {
      interactive,
      ...(exec['provideClusterInfo'] === true
        ? {
            cluster: {
              server: access.server,
              'tls-server-name': cluster['tls-server-name'],
              'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
              'certificate-authority-data': cluster['certificate-authority-data'],
            },
          }
        : {}),
    },
  };
  const own = isList(exec['env']) ? exec['env'].filter(isFields).map((pair) => [text(pair['name']), text(pair['value'])] as const) : [];
  return { ...process.env, ...Object.fromEntries(own), KUBERNETES_EXEC_INFO: JSON.stringify(info) };
}

/** Runs the plugin; what it says on stderr is for the user. @throws ClusterError */
function outputOf(command: string, exec: Fields, access: Access): Promise<string> {
  const { quiet = false } = access;
  const interactive = !quiet && process.stdin.isTTY && exec['interactiveMode'] !== 'Never';
  const args = isList(exec['args']) ? exec['args'].map(String) : [];
  const hint = text(exec['installHint']);
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new ClusterError(`the credential plugin ${command} of context "${access.context}" ${reason}${hint === '' ? '' : `\n${hint}`}`));
    const child = spawn(command, args, {
      env: environmentOf(exec, access, interactive),
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', quiet ? 'ignore' : 'inherit'],
      killSignal: 'SIGKILL',
      ...(access.timeoutMs === 0 ? {} : { timeout: access.timeoutMs }),
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => void chunks.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) => fail(error.code === 'ENOENT' ? 'is not installed' : `cannot be run: ${error.message}`));
    child.on('exit', (code, signal) => {
      // A grandchild may hold the pipe open for ever.
      if (signal !== null) child.stdout.destroy();
      if (signal !== null) fail(`did not answer within ${access.timeoutMs / 1000}s`);
      else if (code !== 0) fail(`failed with exit code ${String(code)}`);
    });
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
    });
  });
}

/**
 * Asks the credential plugin of a user, as EKS, GKE and AKS need it; undefined when the user has none. Never asked when a token was given.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export async function credentialOf(access: Access): Promise<Credential | undefined> {
  const { exec } = access.user;
  if (!isFields(exec)) return undefined;
  const command = text(exec['command']);
  if (command === '') throw new ClusterError(`the credential plugin of context "${access.context}" names no command`, true);
  const output = await outputOf(command, exec, access);
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    answer = undefined;
  }
  const status = isFields(answer) ? answer['status'] : undefined;
  if (!isFields(status)) throw new ClusterError(`the credential plugin ${command} of context "${access.context}" did not answer with an ExecCredential`);
  const token = text(status['token']);
  const certificate = text(status['clientCertificateData']);
  const key = text(status['clientKeyData']);
  return { ...(token === '' ? {} : { token }), ...(certificate === '' ? {} : { certificate, key }) };
}
