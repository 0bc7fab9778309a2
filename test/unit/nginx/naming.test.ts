import { describe, expect, it } from 'vitest';
import { countOf, hostText, listOf, nameOf, namesOf } from '../../../src/nginx/naming.ts';
import { ingress } from './given.ts';

const many = (count: number) => Array.from({ length: count }, (_, number) => ingress({ name: `web-${number}` }));

describe('names in messages', () => {
  it('are cut after four', () => {
    expect([listOf([]), listOf(['a']), listOf(['a', 'b', 'c', 'd']), listOf(['a', 'b', 'c', 'd', 'e', 'f'])]).toEqual(['', 'a', 'a, b, c, d', 'a, b, c, d and 2 more']);
    expect(namesOf(many(5))).toBe('shop/web-0, shop/web-1, shop/web-2, shop/web-3 and 1 more');
  });

  it('have a namespace where there is one', () => {
    expect([nameOf({ namespace: '', name: 'web' }), nameOf({ namespace: 'shop', name: 'web' })]).toEqual(['web', 'shop/web']);
  });

  it('count in words', () => {
    expect([0, 1, 2].map((count) => countOf(many(count)))).toEqual(['0 Ingresses', '1 Ingress', '2 Ingresses']);
  });

  it('call the server of unknown hosts so', () => {
    expect([hostText('_'), hostText('shop.example.com')]).toEqual(['unknown hosts', 'shop.example.com']);
  });
});
