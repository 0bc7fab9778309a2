import { describe, expect, it } from 'vitest';
import { build, codesOf, ingressClass, path, type Given, type Options } from './given.ts';

const rules = { 'shop.example.com': [path('P /')] };
const withClass = (className: string | undefined, annotations: NonNullable<Given['annotations']> = {}): Given => ({ className, rules, annotations });
const annotated = (value: string): Given => withClass(undefined, { 'kubernetes.io/ingress.class': value });

describe('class selection', () => {
  it.each<[string, Given, Options, boolean, string[]]>([
    ['spec nginx', withClass('nginx'), {}, true, []],
    ['annotation nginx', annotated('nginx'), {}, true, []],
    ['spec beats the annotation', withClass('traefik', { 'kubernetes.io/ingress.class': 'nginx' }), {}, false, []],
    ['a class of the controller', withClass('internal'), { classes: [ingressClass('internal')] }, true, []],
    ['a class of another controller', withClass('nginx'), { classes: [ingressClass('nginx', 'nginx.org/ingress-controller')] }, false, []],
    ['a name with nginx in it', withClass('nginx-internal'), {}, false, ['class/unknown']],
    ['an unknown name', withClass('internal'), {}, false, ['class/unknown']],
    ['the name of another product', withClass('traefik'), {}, false, []],
    ['a name that was asked for', withClass('internal'), { selection: { ingressClasses: ['internal'] } }, true, []],
    ['a name that was not asked for', withClass('nginx'), { selection: { ingressClasses: ['internal'] } }, false, []],
    ['all classes', withClass('traefik'), { selection: { allClasses: true } }, true, []],
    ['an annotation that was asked for', annotated('internal'), { selection: { ingressClasses: ['internal'] } }, true, []],
    ['an annotation of the flag', annotated('internal'), { settings: { ingressClassAnnotation: 'internal' } }, true, []],
    ['another annotation', annotated('public'), {}, false, ['class/not-the-annotation-value']],
    ['no class', withClass(undefined), {}, false, ['class/none']],
    ['no class, with --watch-ingress-without-class', withClass(undefined), { settings: { watchWithoutClass: true } }, true, []],
    ['no class, own default', withClass(undefined), { classes: [ingressClass('nginx', 'k8s.io/ingress-nginx', true)] }, true, []],
    ['no class, foreign default', withClass(undefined, { 'use-regex': 'true' }), { classes: [ingressClass('alb', 'ingress.k8s.aws/alb', true)] }, false, []],
    ['no class, own annotations', withClass(undefined, { 'use-regex': 'true' }), {}, true, ['class/assumed']],
    ['no class, own annotations, classes known', withClass(undefined, { 'use-regex': 'true' }), { classes: [ingressClass('nginx')] }, false, ['class/none']],
  ])('%s', (_, given, options, selected, codes) => {
    const configuration = build([given], options);
    expect([configuration.ingresses.length === 1, codesOf(configuration)]).toEqual([selected, codes]);
    expect(configuration.left.map(({ status, reason }) => [status, reason === ''])).toEqual(selected ? [] : [['skipped', false]]);
  });

  it('tells of a class once', () => {
    const many = Array.from({ length: 7 }, (_, number): Given => ({ ...withClass('internal'), name: `web-${String(number)}` }));
    const { findings } = build(many);
    expect(findings.map(({ args }) => args['count'])).toEqual(['7 Ingresses']);
  });
});
