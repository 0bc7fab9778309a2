import { describe, expect, it } from 'vitest';
import { passwordFormats } from '../../../src/input/password-formats.ts';

const of = (text: string): readonly string[] | undefined => passwordFormats({}, { auth: text }).get('auth');

describe('the kinds of hashes in a Secret', () => {
  it.each([
    ['ann:$apr1$x$y', ['apr1']],
    ['ann:$2y$05$x\nben:$2b$12$y\n', ['bcrypt']],
    ['ann:{SHA}x', ['SHA']],
    ['ann:{SSHA}x', ['SSHA']],
    ['ann:{PLAIN}x', ['plain']],
    ['ann:$6$x$y\nben:abcdefghijklm', ['crypt']],
    ['\n# none\r\nann:{SHA}x\r\nben:$apr1$x$y:comment', ['SHA', 'apr1']],
    ['', []],
    // A value of auth-map is a hash alone.
    ['{SHA}x', ['SHA']],
  ])('%j', (text, formats) => {
    expect(of(text)).toEqual(formats);
  });

  it('are read from both fields, of which stringData wins', () => {
    const data = { auth: Buffer.from('ann:$apr1$x$y').toString('base64'), other: Buffer.from('ann:{SHA}x').toString('base64'), odd: 3 };
    expect([...passwordFormats(data, {})]).toEqual([['auth', ['apr1']], ['other', ['SHA']]]);
    expect(passwordFormats(data, { auth: 'ann:$2y$05$x' }).get('auth')).toEqual(['bcrypt']);
  });
});
