import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../../src/diagnostics/message.ts';

describe('fillTemplate', () => {
  it('fills each name, and leaves unknown ones in sight', () => {
    expect(fillTemplate('{a} and {b}, not {c}', { a: '1', b: '{a}' })).toBe('1 and {a}, not {c}');
  });

  it.each([
    ['https://user:pass@auth.example.com/verify', 'https://***@auth.example.com/verify'],
    ['https://token@auth.example.com', 'https://***@auth.example.com'],
    ['https://auth.example.com/@team', 'https://auth.example.com/@team'],
    ['mail me@example.com', 'mail me@example.com'],
  ])('%s is shown as %s', (url, shown) => {
    expect(fillTemplate('{url}', { url })).toBe(shown);
  });
});
