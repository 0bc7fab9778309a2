import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../src/plan/intents.ts';
import { inServerBlock, unreached } from '../../../src/plan/standing.ts';
import { ingress } from '../targets/fake.ts';

const from = (name: string): Pick<Intent, 'from'> => ({ from: [{ ingress: ingress(), key: `nginx.ingress.kubernetes.io/${name}` }] });
const of = (key: string): Pick<Intent, 'from' | 'setting'> => ({ from: [], setting: { key, about: {} } });
const redirect = (origin: Pick<Intent, 'from' | 'setting'>): Intent => ({ kind: 'redirect', status: 301, location: 'https://www.example.com', ...origin });
const https = (origin: Pick<Intent, 'from' | 'setting'>): Intent => ({ kind: 'https-redirect', status: 308, preserveTrailingSlash: true, ...origin });
const closed = (origin: Pick<Intent, 'from' | 'setting'>): Intent => ({ kind: 'fixed-response', status: 403, body: '', contentType: '', ...origin });
const plain = (origin: Pick<Intent, 'from' | 'setting'>): Intent => ({ kind: 'plain-http', status: 403, ...origin });
const guard = (origin: Pick<Intent, 'from' | 'setting'>): Intent => ({ kind: 'method-guard', allowed: ['GET'], refused: [], status: 405, ...origin });

/** What the controller writes from its defaults. */
const unasked = { from: [] } as const;

describe('the order of answers', () => {
  const cases: readonly (readonly [string, readonly Intent[], readonly number[]])[] = [
    ['a fixed redirect before the one to HTTPS', [https(unasked), redirect(from('permanent-redirect'))], [0]],
    ['the one to HTTPS of a text before both', [https(unasked), redirect(from('permanent-redirect')), https(from('configuration-snippet'))], [0]],
    ['the text of the server block before that of the location', [closed(from('configuration-snippet')), redirect(from('server-snippet'))], [0]],
    ['the text of an Ingress before that of the ConfigMap', [closed(of('location-snippet')), closed(from('configuration-snippet')), closed(of('server-snippet'))], [0, 1]],
    ['a refusal of plain HTTP before a redirect of it', [https(from('configuration-snippet')), plain(from('server-snippet'))], [0]],
    ['a guard in the same text', [guard(from('server-snippet')), closed(from('server-snippet')), guard(from('configuration-snippet'))], [2]],
    ['nothing that forwards', [guard(of('location-snippet')), https(unasked)], []],
  ];
  it.each(cases)('has %s', (_, intents, idle) => {
    expect([...unreached(intents)]).toEqual(idle.map((at) => intents[at]));
  });

  it('knows what stands in the server block', () => {
    expect([redirect(from('server-snippet')), closed(of('server-snippet')), closed(from('configuration-snippet')), https(unasked)].map(inServerBlock)).toEqual([true, true, false, false]);
  });
});
