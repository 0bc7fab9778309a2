import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/model/gateway.ts';
import { ask, exact, gateway, inShort, object, prefix, regex, route, rule, to, type Ask } from './gateway-objects.ts';

const matched = (match: JsonObject, target: string, how: Ask = {}, implementation = 'envoy-gateway'): boolean =>
  inShort(ask([gateway(), route('r', ['a.test'], [rule({ ...prefix('/'), ...match }, 'web')])], implementation)(`http://a.test${target}`, how)).startsWith('web ');

describe('conditions of a match', () => {
  it.each<readonly [string, JsonObject, string, Ask, boolean]>([
    ['method as asked for', { method: 'POST' }, '/', { method: 'POST' }, true],
    ['another method', { method: 'POST' }, '/', {}, false],
    ['header of that value, whatever the case of its name', { headers: [{ name: 'X-A', value: '1' }] }, '/', { headers: { 'x-a': '1' } }, true],
    ['header of another value', { headers: [{ name: 'X-A', value: '1' }] }, '/', { headers: { 'x-a': '11' } }, false],
    ['header that is not there', { headers: [{ name: 'X-A', value: '1' }] }, '/', {}, false],
    ['header by expression', { headers: [{ name: 'X-A', type: 'RegularExpression', value: '[0-9]+' }] }, '/', { headers: { 'x-a': '42' } }, true],
    ['header beside the expression', { headers: [{ name: 'X-A', type: 'RegularExpression', value: '[0-9]+' }] }, '/', { headers: { 'x-a': '4x' } }, false],
    ['expression that would take nothing, without the header', { headers: [{ name: 'X-A', type: 'RegularExpression', value: '.*' }] }, '/', {}, false],
    ['every header counts', { headers: [{ name: 'X-A', value: '1' }, { name: 'X-B', value: '2' }] }, '/', { headers: { 'x-a': '1' } }, false],
    ['parameter of that value', { queryParams: [{ name: 'q', value: '1' }] }, '/?a=0&q=1', {}, true],
    ['first parameter of the query', { queryParams: [{ name: 'q', value: '1' }] }, '/?q=1', {}, true],
    ['parameter of another value', { queryParams: [{ name: 'q', value: '1' }] }, '/?q=2', {}, false],
    ['parameter that is not there', { queryParams: [{ name: 'q', value: '1' }] }, '/', {}, false],
    ['parameter by expression, not there', { queryParams: [{ name: 'q', type: 'RegularExpression', value: '.*' }] }, '/', {}, false],
  ])('%s', (_name, match, target, how, expected) => {
    expect(matched(match, target, how)).toBe(expected);
  });

  it.each([
    ['envoy-gateway', false],
    ['traefik', true],
  ])('%s looks at the second of two parameters: %s', (implementation, expected) => {
    expect(matched({ queryParams: [{ name: 'q', value: '2' }] }, '/?q=1&q=2', {}, implementation)).toBe(expected);
    expect(matched({ queryParams: [{ name: 'q', value: '1' }] }, '/?q=1&q=2', {}, implementation)).toBe(true);
  });

  it.each<readonly [string, JsonObject]>([
    ['header', { headers: [{ name: 'x-a', type: 'RegularExpression', value: '(?!x)' }] }],
    ['parameter', { queryParams: [{ name: 'q', type: 'RegularExpression', value: '(?!x)' }] }],
  ])('a rule whose %s has an expression that RE2 cannot read serves nothing', (_name, match) => {
    expect(matched(match, '/?q=a', { headers: { 'x-a': 'a' } })).toBe(false);
  });

  it('a match without a path, or with a type only, is for every path', () => {
    const at = (match: JsonObject): string => inShort(ask([gateway(), route('r', ['a.test'], [rule(match, 'web')])])('http://a.test/x'));
    expect(at({})).toBe('web /x');
    expect(at({ path: { type: 'PathPrefix' } })).toBe('web /x');
    expect(at({ path: { value: '/x' } })).toBe('web /x');
    expect(at({ path: { value: '/y' } })).toBe('404');
  });
});

describe('points, as Traefik counts them', () => {
  const first = (one: JsonObject, two: JsonObject): string => {
    const at = ask([gateway(), route('r', ['a.test'], [rule(one, 'one'), rule(two, 'two')])], 'traefik');
    return inShort(at('http://a.test/abc?q=1', { headers: { 'x-a': '1' } })).slice(0, 3);
  };
  it.each<readonly [string, JsonObject, JsonObject, string]>([
    ['the root prefix counts least', prefix('/'), regex('/a'), 'two'],
    ['an exact path counts most', { ...prefix('/abc'), method: 'GET' }, exact('/abc'), 'two'],
    ['a longer path beats a shorter one', prefix('/ab'), regex('/abc'), 'two'],
    ['a method counts as ten characters', regex('/abc'), { ...regex('/a'), method: 'GET' }, 'two'],
    ['a header counts as one character', regex('/ab'), { ...regex('/a'), headers: [{ name: 'x-a', value: '1' }] }, 'one'],
    ['a header beats a parameter', { ...regex('/a'), queryParams: [{ name: 'q', value: '1' }] }, { ...regex('/a'), headers: [{ name: 'x-a', value: '1' }] }, 'two'],
    ['a parameter beats none', regex('/a'), { ...regex('/a'), queryParams: [{ name: 'q', value: '1' }] }, 'two'],
  ])('%s', (_name, one, two, expected) => {
    expect(first(one, two)).toBe(expected);
  });
});

describe('GRPCRoute', () => {
  const at = (match: JsonObject | undefined, target: string): string => {
    const grpc = object('GRPCRoute', 'g', { parentRefs: [{ name: 'edge' }], hostnames: ['a.test'], rules: [{ ...(match === undefined ? {} : { matches: [match] }), backendRefs: [to('grpc')] }] });
    return inShort(ask([gateway(), grpc])(`http://a.test${target}`, { method: 'POST', headers: { 'x-a': '1' } }));
  };
  it.each<readonly [string, JsonObject | undefined, string, string]>([
    ['without a match takes all', undefined, '/shop.Cart/Add', 'grpc /shop.Cart/Add'],
    ['of a service takes its methods', { method: { service: 'shop.Cart' } }, '/shop.Cart/Add', 'grpc /shop.Cart/Add'],
    ['of a service leaves others', { method: { service: 'shop.Cart' } }, '/shop.Carts/Add', '404'],
    ['of a method takes it', { method: { service: 'shop.Cart', method: 'Add' } }, '/shop.Cart/Add', 'grpc /shop.Cart/Add'],
    ['of a method leaves others', { method: { service: 'shop.Cart', method: 'Add' } }, '/shop.Cart/AddAll', '404'],
    ['with headers alone', { headers: [{ name: 'X-A', value: '1' }] }, '/any.Service/Any', 'grpc /any.Service/Any'],
    ['with a header of another value', { headers: [{ name: 'X-A', value: '2' }] }, '/any.Service/Any', '404'],
  ])('%s', (_name, match, target, expected) => {
    expect(at(match, target)).toBe(expected);
  });
});
