import { BlockList, isIPv4 } from 'node:net';
import type { Guard } from '../../src/verify/outcome.ts';

/** Who sends a request, and what it can show. */
export interface Bearer {
  readonly address: string;
  /** Sends the password of every Secret that is supplied. */
  readonly password: boolean;
  /** The authentication service says yes to it. */
  readonly consent: boolean;
  /** Has a certificate of every authority that is supplied. */
  readonly certificate: boolean;
}

interface Check {
  readonly kind: string;
  readonly detail: string;
}

/** One of the checks is enough where the guard is about `satisfy: any`. */
const anyOf = /^any of /;

function checksOf({ kind, detail }: Guard): readonly Check[] {
  if (!anyOf.test(detail)) return [{ kind, detail }];
  const parts = detail.replace(anyOf, '').split(/(?:^|, )(?=(?:address-list|basic-auth|external-auth) )/);
  return parts.map((part) => ({ kind: part.split(' ', 1)[0] ?? '', detail: part.slice(part.indexOf(' ') + 1) }));
}

function holds(list: string, address: string): boolean {
  const block = new BlockList();
  for (const network of list.split(',')) {
    const [base = '', length = ''] = network.split('/');
    block.addSubnet(base, Number(length), base.includes(':') ? 'ipv6' : 'ipv4');
  }
  return block.check(address);
}

function lets({ kind, detail }: Check, bearer: Bearer): boolean {
  if (kind === 'basic-auth') return bearer.password;
  if (kind === 'external-auth') return bearer.consent;
  if (kind === 'client-certificate') return bearer.certificate;
  if (kind !== 'address-list') return true;
  const [verb, list = ''] = detail.split(' ');
  return holds(list, bearer.address) === (verb === 'allow');
}

const byLogin = ({ kind }: Check): boolean => kind === 'basic-auth' || kind === 'external-auth';

/** Whether a condition is text of nginx configuration or a firewall's rules, which nobody can judge. */
export function isUnjudged({ kind, detail }: Guard): boolean {
  return kind === 'waf' || (kind === 'unknown' && !anyOf.test(detail));
}

/**
 * Status nginx refuses the bearer with; undefined when it is let in. Certificates are looked at first, then addresses, then logins; where
 * one check is enough, a missing login counts for more than the address.
 * Source: ngx_http_core_access_phase in https://github.com/nginx/nginx/blob/release-1.26.3/src/http/ngx_http_core_module.c
 */
export function refusal(guards: readonly Guard[], bearer: Bearer): 400 | 401 | 403 | undefined {
  const failing = guards.map(checksOf).filter((checks) => !checks.some((check) => lets(check, bearer)));
  const first = (kind: (checks: readonly Check[]) => boolean): boolean => failing.some(kind);
  if (first(([only]) => only?.kind === 'client-certificate')) return 400;
  if (first((checks) => !checks.some(byLogin))) return 403;
  return failing.length > 0 ? 401 : undefined;
}

/** Addresses of the networks for benchmarks (RFC 2544) or for carriers (RFC 6598), a new one each time: limits count by address. */
let last = 0;
function freshAddress(network: 18 | 64): string {
  last = (last + 1) % 100_000;
  return `${network === 18 ? 198 : 100}.${network + Math.floor(last / 65_536)}.${Math.floor(last / 256) % 256}.${last % 256}`;
}

/** Has nothing to show. */
export function stranger(): Bearer {
  return { address: freshAddress(18), password: false, consent: false, certificate: false };
}

function firstAddresses(guards: readonly Guard[]): readonly string[] {
  const lists = guards.flatMap(checksOf).filter(({ kind, detail }) => kind === 'address-list' && detail.startsWith('allow '));
  return lists.flatMap(({ detail }) => detail.slice('allow '.length).split(',')).flatMap((network) => {
    const [base = '', length = ''] = network.split('/');
    const next = base.replace(/\d+$/, (digits) => String(Number(digits) + 1));
    return isIPv4(base) ? [base, ...(Number(length) < 32 && isIPv4(next) ? [next] : [])] : [];
  });
}

/** Can show all that is asked for; undefined when no address is let in. */
export function member(guards: readonly Guard[]): Bearer | undefined {
  const addresses = [freshAddress(18), freshAddress(64), ...firstAddresses(guards).filter((address) => !address.startsWith('0.'))];
  return addresses.map((address): Bearer => ({ address, password: true, consent: true, certificate: true })).find((bearer) => refusal(guards, bearer) === undefined);
}
