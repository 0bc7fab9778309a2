import { describe, expect, it } from 'vitest';
import { build, codesOf, ingressClass, path, toldOf, type Given, type Options } from './given.ts';

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

  // GetIngressClass of the controller: the class is the spec's, else the annotation's, else that of the cluster.
  it.each<[string, Given, Options, string]>([
    ['a name that was not asked for', withClass('nginx'), { selection: { ingressClasses: ['internal'] } }, 'class nginx was not asked for'],
    ['an annotation that was not asked for', annotated('nginx'), { selection: { ingressClasses: ['internal'] } }, 'class nginx was not asked for'],
    ['a class of another controller', withClass('nginx'), { classes: [ingressClass('nginx', 'nginx.org/ingress-controller')] }, 'class nginx belongs to controller nginx.org/ingress-controller'],
    ['the name of another product', withClass('traefik'), {}, "class traefik is another controller's"],
    ['an annotation with the name of another product', annotated('kong'), {}, "class kong is another controller's"],
    ['an annotation with the class of another controller', annotated('web'), { classes: [ingressClass('web', 'example.com/x')] }, "class web is another controller's"],
    ['an unknown name', withClass('internal'), {}, 'class internal is not known to be ingress-nginx'],
    ['an annotation with the class of the controller', annotated('internal'), { classes: [ingressClass('internal')] }, 'class internal is not nginx'],
    ['a foreign default', withClass(undefined), { classes: [ingressClass('alb', 'ingress.k8s.aws/alb', true)] }, 'no class, and the default class belongs to another controller'],
    ['a default that was not asked for', withClass(undefined), { classes: [ingressClass('nginx', 'k8s.io/ingress-nginx', true)], selection: { ingressClasses: ['internal'] } }, 'no class, and the default class belongs to another controller'],
    ['no default', withClass(undefined), { classes: [ingressClass('alb', 'ingress.k8s.aws/alb')] }, 'no class'],
    ['annotations of others', withClass(undefined, { 'nginx.ingress.kubernetes.io.example/x': 'y', 'example.com/nginx.ingress.kubernetes.io/x': 'y' }), {}, 'no class'],
    ['another namespace', withClass('nginx'), { settings: { watchNamespace: 'other' } }, 'the controller watches namespace other alone'],
    ['another namespace, all classes', withClass('traefik'), { settings: { watchNamespace: 'other' }, selection: { allClasses: true } }, 'the controller watches namespace other alone'],
  ])('leaves %s for a reason', (_, given, options, reason) => {
    expect(build([given], options).left.map((left) => left.reason)).toEqual([reason]);
  });

  it.each<[string, Given, Options]>([
    ['the class of --ingress-class, by its name', withClass('own'), { classes: [ingressClass('own', 'example.com/x')], settings: { classByName: true, ingressClassAnnotation: 'own' } }],
    ['the name of --ingress-class, without an object', withClass('own'), { settings: { ingressClassAnnotation: 'own' } }],
    ['the class of --controller-class', withClass('own'), { classes: [ingressClass('own', 'example.com/x')], settings: { controllerClass: 'example.com/x' } }],
    ['a default that was asked for', withClass(undefined), { classes: [ingressClass('own', 'example.com/x', true)], selection: { ingressClasses: ['own'] } }],
    ['an own default beside a foreign one', withClass(undefined), { classes: [ingressClass('alb', 'ingress.k8s.aws/alb', true), ingressClass('nginx', 'k8s.io/ingress-nginx', true)] }],
    ['its namespace', withClass('nginx'), { settings: { watchNamespace: 'shop' } }],
  ])('takes %s', (_, given, options) => {
    const configuration = build([given], options);
    expect([configuration.left, configuration.findings]).toEqual([[], []]);
  });

  it.each<[string, Given, Options]>([
    ['a class by its name, where the flag does not say so', withClass('own'), { classes: [ingressClass('own', 'example.com/x')], settings: { ingressClassAnnotation: 'own' } }],
    ['another class by its name', withClass('other'), { classes: [ingressClass('other', 'example.com/x')], settings: { classByName: true } }],
  ])('leaves %s', (_, given, options) => {
    expect(build([given], options).ingresses).toEqual([]);
  });

  it.each(['traefik', 'haproxy', 'kong', 'alb', 'gce', 'gke', 'azure', 'istio', 'contour', 'skipper', 'caddy', 'ambassador', 'cilium', 'cloudflare', 'tailscale', 'pomerium', 'openshift', 'higress', 'apisix', 'voyager'])(
    'knows %s by its name, and no name that ends so',
    (name) => {
      expect([codesOf(build([withClass(`${name}-internal`)])), codesOf(build([withClass(`my-${name}`)]))]).toEqual([[], ['class/unknown']]);
    },
  );

  const two = (given: Given): readonly Given[] => [{ ...given, name: 'a' }, { ...given, name: 'b' }];
  it.each<[string, readonly Given[], Options, string, Readonly<Record<string, string>>]>([
    ['unknown', two(withClass('internal')), {}, 'class/unknown', { count: '2 Ingresses', ingresses: 'shop/a, shop/b', class: 'internal' }],
    ['of an empty name', [withClass('')], {}, 'class/unknown', { count: '1 Ingress', ingresses: 'shop/web', class: '""' }],
    ['not that of the flag', [annotated('public')], { settings: { ingressClassAnnotation: 'own' } }, 'class/not-the-annotation-value', { count: '1 Ingress', ingresses: 'shop/web', class: 'public', expected: 'own' }],
    ['none', [withClass(undefined)], {}, 'class/none', { count: '1 Ingress', ingresses: 'shop/web' }],
    ['assumed', [withClass(undefined, { 'use-regex': 'true' })], {}, 'class/assumed', { count: '1 Ingress', ingresses: 'shop/web' }],
  ])('tells of a class that is %s', (_, givens, options, code, args) => {
    expect(toldOf(build(givens, options))[0]).toEqual([code, `Ingress shop/${givens[0]?.name ?? 'web'}`, args]);
  });

  it('tells of classes in order', () => {
    const told = build([{ ...withClass('zeta'), name: 'z' }, { ...withClass('beta'), name: 'b' }, { ...annotated('alpha'), name: 'a' }]);
    expect(told.findings.map(({ code, args }) => [code, args['class']])).toEqual([['class/not-the-annotation-value', 'alpha'], ['class/unknown', 'beta'], ['class/unknown', 'zeta']]);
  });

  it('tells of parameters of the classes that are converted', () => {
    const classes = [...['b', 'a', 'unused'].map((name) => ({ ...ingressClass(name), parameters: 'IngressParameters x' })), ingressClass('plain')];
    const configuration = build([{ ...withClass('b'), rules: {} }, { ...withClass('a'), name: 'a', rules: {} }, { ...withClass('plain'), name: 'p', rules: {} }], { classes });
    expect(toldOf(configuration)).toEqual(['a', 'b'].map((name) => ['class/parameters', `IngressClass /${name}`, { class: name, parameters: 'IngressParameters x' }]));
  });

  it('tells of a class once', () => {
    const many = Array.from({ length: 7 }, (_, number): Given => ({ ...withClass('internal'), name: `web-${String(number)}` }));
    const { findings } = build(many);
    expect(findings.map(({ args }) => args['count'])).toEqual(['7 Ingresses']);
  });
});
