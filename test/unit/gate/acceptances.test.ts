import { describe, expect, it } from 'vitest';
import { foreignKeys } from '../../../src/annotations/foreign-table.ts';
import { isDay, isOver } from '../../../src/gate/days.ts';
import { acceptKey } from '../../../src/gate/inline.ts';
import { runText } from '../../support/migration.ts';

const ingress = (name: string, accept?: string, className = 'nginx'): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/limit-rps: "10"
${accept === undefined ? '' : `    ${acceptKey}: ${JSON.stringify(accept)}\n`}spec:
  ingressClassName: ${className}
  rules:
  - host: ${name}.example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] }
`;

const forwards = (objects: unknown): boolean => JSON.stringify(objects).includes('backendRefs');

describe('days', () => {
  it.each([['2027-01-31', true], ['2028-02-29', true], ['2027-02-29', false], ['2027-02-30', false], ['2027-13-01', false], ['2027-1-1', false], ['tomorrow', false], ['', false]])('%s', (text, day) => {
    expect(isDay(text)).toBe(day);
  });

  it('count themselves, and are never over without a clock', () => {
    expect([isOver('2027-01-31', '2027-01-31'), isOver('2027-01-31', '2027-02-01'), isOver('2027-01-31', undefined), isOver(undefined, '2027-01-31')]).toEqual([false, true, false, false]);
  });
});

describe('an acceptance on the Ingress', () => {
  it('is known to the table of foreign annotations', () => {
    expect(foreignKeys.get(acceptKey)).toEqual({ kind: 'own' });
  });

  it.each([
    ['rate-limit/lost', true],
    [' rate-limit/lost ', true],
    ['cors/origins, rate-limit/lost', true],
    ['rate-limit/lost until 2999-01-01', true],
    ['rate-limit/lost until 2020-01-01', false],
    ['rate-limit/lost until 2999-02-30', false],
    ['rate-limit/*', false],
    ['rate-limit/lost@shop/other', false],
    ['Rate-Limit/Lost', false],
    ['', false],
  ])('%j', async (value, opens) => {
    const { objects, failed } = await runText(ingress('search', value));
    expect([forwards(objects), failed]).toEqual([opens, !opens]);
  });

  it('speaks for no other Ingress', async () => {
    const { report, failed } = await runText(`${ingress('search', 'rate-limit/lost')}---\n${ingress('checkout')}`);
    const lost = report.findings.filter(({ finding }) => finding.code === 'rate-limit/lost');
    expect(failed).toBe(true);
    expect(lost.map(({ finding, accepted }) => [finding.object?.name, accepted])).toEqual([['checkout', false], ['search', true]]);
  });

  it('is in the ledger as inert and on no object of the output', async () => {
    const { migration, objects } = await runText(ingress('search', 'rate-limit/lost'));
    expect(migration.ledger.find(({ key }) => key === acceptKey)?.outcome).toBe('inert');
    expect(JSON.stringify(objects)).not.toContain(acceptKey);
  });

  it('of an Ingress that is not converted is not called unused', async () => {
    const { migration } = await runText(`${ingress('search', 'rate-limit/lost', 'traefik')}---\n${ingress('checkout')}`);
    expect(migration.findings.map(({ code }) => code)).not.toContain('acceptance/unused');
  });
});

describe('acceptances that accept nothing', () => {
  it.each([
    ['rate-limit/lost@shop/other', 'acceptance/unused'],
    ['basic-auth/lost', 'acceptance/unused'],
    ['rate-limits/lost', 'acceptance/unknown-code'],
    ['rate-limit/lost', undefined],
    // Only a cluster can say whether anything of these is there to accept.
    ['dry-run/refused', undefined],
    ['status/no-controller', undefined],
    ['cluster/forbidden', undefined],
    ['dry-run/refusd', 'acceptance/unknown-code'],
  ])('%s', async (accept, code) => {
    const { report } = await runText(ingress('search'), '--accept', accept);
    const found = report.findings.map(({ finding }) => finding.code).filter((name) => name.startsWith('acceptance/'));
    expect(found).toEqual(code === undefined ? [] : [code]);
  });
});
