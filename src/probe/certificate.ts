import type { TLSSocket } from 'node:tls';
import { compareText } from '../model/object.ts';
import type { Certificate } from './answer.ts';
import { codeOf } from './failures.ts';

/** `DNS:a.example, IP Address:10.0.0.1`: the names alone. */
function alternativeNames(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|, )(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/gu)].map(([, name = '']) => name.replaceAll('"', '').toLowerCase());
}

function trustOf(socket: TLSSocket): string {
  if (socket.authorized) return 'trusted';
  // Typed as an error, but the code of OpenSSL where the chain is what is wrong.
  const reason: unknown = socket.authorizationError;
  return reason instanceof Error ? codeOf(reason) || reason.message : String(reason);
}

/** The certificate that a server showed for the name it was asked for. */
export function certificateOf(socket: TLSSocket): Certificate {
  const certificate = socket.getPeerCertificate();
  const names = alternativeNames(certificate.subjectaltname ?? '');
  // Empty where there is none, whatever its type says.
  const common: unknown = 'subject' in certificate ? certificate.subject.CN : undefined;
  const subjects = names.length > 0 ? names : [common].flat().filter((name) => typeof name === 'string');
  return { names: [...new Set(subjects)].sort(compareText), trust: trustOf(socket) };
}
