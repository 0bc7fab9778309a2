import { describe, expect, it } from 'vitest';
import { listsOf, type AccessStep } from '../../../../src/annotations/snippets/access.ts';
import { readSnippet } from '../../../../src/annotations/snippets/read.ts';

const place = { block: 'location', wholeHost: false, constants: new Map(), grpc: false, defaultType: 'text/html' } as const;
const isAccess = (step: { readonly kind: string }): step is AccessStep => step.kind === 'access';
const lists = (text: string): unknown => listsOf(readSnippet(text, 'location', place).steps.filter(isAccess));

describe('allow and deny as lists', () => {
  it.each([
    ['allow 10.0.0.0/8; deny all;', { allow: ['10.0.0.0/8'], deny: [] }],
    ['deny 10.0.0.1; allow 10.0.0.0/8; deny all;', { allow: ['10.0.0.0/8'], deny: ['10.0.0.1/32'] }],
    ['deny 10.0.0.1;', { allow: [], deny: ['10.0.0.1/32'] }],
    ['deny 10.0.0.1; allow 10.0.0.0/8;', { allow: [], deny: ['10.0.0.1/32'] }],
    ['deny 10.0.0.1; allow all; deny 10.0.0.2;', { allow: [], deny: ['10.0.0.1/32'] }],
    ['deny all;', { allow: [], deny: ['0.0.0.0/0', '::/0'] }],
    ['deny 10.0.0.1; deny all; allow 10.0.0.0/8;', { allow: [], deny: ['0.0.0.0/0', '::/0'] }],
    // Behind the last admission everybody is refused.
    ['allow 10.0.0.0/8; deny 192.0.2.1; deny all;', { allow: ['10.0.0.0/8'], deny: [] }],
    ['allow 10.0.0.1; deny 10.0.0.0/8;', undefined],
    ['allow 10.0.0.1; deny 10.0.0.0/8; allow 10.0.0.0/4; deny all;', undefined],
  ])('%s', (text, expected) => {
    expect(lists(text)).toEqual(expected);
  });

  it('are not guessed at', () => {
    for (const text of ['allow unix:;', 'deny $remote_addr;', 'allow 10.0.0.0/8 all;', 'deny example.com;']) {
      expect(readSnippet(text, 'location', place).unread).toMatchObject([{ protective: true }]);
    }
  });
});
