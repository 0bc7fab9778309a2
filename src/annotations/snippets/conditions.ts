import type { MethodCondition, Surroundings } from './define.ts';
import { fixedText, onlyVariable } from './variables.ts';

/** What the condition of an `if` comes to, where that is known before any request. */
export type Condition =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'plain-http' }
  | { readonly kind: 'methods'; readonly methods: MethodCondition };

/** HTTPMethod of the Gateway API. Source: https://gateway-api.sigs.k8s.io/reference/spec/#httpmethod */
const knownMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

/** The words of a condition without its parentheses. */
function wordsOf(args: readonly string[]): readonly string[] {
  const words = [...args];
  words[0] = (words[0] ?? '').replace(/^\(/, '');
  const last = words.length - 1;
  words[last] = (words[last] ?? '').replace(/\)$/, '');
  return words.filter((word, at) => word !== '' || (at > 0 && at < last));
}

/** Names in an expression that is a list of them: `^(GET|HEAD)$`. */
function listed(expression: string): readonly string[] | undefined {
  const found = /^\^?(?:\((?:\?:)?([A-Za-z|]+)\)|([A-Za-z|]+))\$?$/.exec(expression);
  return (found?.[1] ?? found?.[2])?.split('|').map((name) => name.toUpperCase());
}

function methodsOf(operator: string, right: string): Condition | undefined {
  const names = operator.includes('~') ? listed(right) : [right];
  if (names === undefined || names.length === 0 || !names.every((name) => knownMethods.has(name))) return undefined;
  const methods = [...new Set(names)].sort();
  return { kind: 'methods', methods: { kind: operator.startsWith('!') ? 'all-but' : 'only', methods } };
}

/** An expression of nginx; undefined where the engines could differ, or could take long. */
export function readExpression(expression: string, ignoreCase: boolean): RegExp | undefined {
  if (/\)[*+{]|\(\?(?!:)|\\[^.\-/]|[*+}][*+{]/.test(expression)) return undefined;
  try {
    return new RegExp(expression, ignoreCase ? 'iu' : 'u');
  } catch {
    return undefined;
  }
}

const meets = (text: string, expression: string, ignoreCase: boolean): boolean | undefined => readExpression(expression, ignoreCase)?.test(text);

const truth = (holds: boolean | undefined): Condition | undefined => (holds === undefined ? undefined : { kind: holds ? 'always' : 'never' });

function compareFixed(left: string, operator: string, right: string): Condition | undefined {
  switch (operator) {
    case '=':
      return truth(left === right);
    case '!=':
      return truth(left !== right);
    case '~':
    case '~*':
      return truth(meets(left, right, operator === '~*'));
    case '!~':
    case '!~*': {
      const found = meets(left, right, operator === '!~*');
      return truth(found === undefined ? undefined : !found);
    }
    default:
      return undefined;
  }
}

/**
 * Source: https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if. The right side takes no variables there; `$http_host` is read as
 * `$host`, from which it differs by a port alone.
 */
export function readCondition(args: readonly string[], surroundings: Surroundings): Condition | undefined {
  const [left = '', operator = '', right = '', ...more] = wordsOf(args);
  const variable = onlyVariable(left);
  if (variable === undefined || operator === '' || more.length > 0) return undefined;
  if (variable === 'request_method') return methodsOf(operator, right);
  if (variable === 'scheme' && (operator === '=' || operator === '!=')) {
    return (operator === '=') === (right === 'http') && (right === 'http' || right === 'https') ? { kind: 'plain-http' } : undefined;
  }
  const fixed = fixedText(variable === 'http_host' ? '$host' : left, surroundings);
  return fixed === undefined ? undefined : compareFixed(fixed, operator, right);
}
