import { defineCodes } from '../diagnostics/finding.ts';

const classes = 'https://kubernetes.github.io/ingress-nginx/user-guide/multiple-ingress/';
const store = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/store/store.go';

/** Which Ingresses belong to the controller, and in which order it reads them. */
export const codes = defineCodes({
  'class/unknown': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{count} of class {class} left out: {ingresses}.',
    why: 'Nothing in the input says that class {class} belongs to the ingress-nginx controller being left: there is no IngressClass of that name.',
    do: 'If it is ingress-nginx, convert with --ingress-class {class} (or --all-classes), or add the IngressClass to the input.',
    source: classes,
  },
  'class/not-the-annotation-value': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{count} with the annotation kubernetes.io/ingress.class: {class} left out: {ingresses}.',
    why: 'The controller compares the annotation with its flag --ingress-class, which is {expected} here.',
    do: 'If the class is served by the ingress-nginx you leave, convert with --ingress-class {class} (or --all-classes).',
    source: classes,
  },
  'class/parameters': {
    fidelity: 'exact',
    risk: 'none',
    what: 'IngressClass {class} refers to {parameters}; nothing is written for it.',
    why: 'ingress-nginx looks at the controller of an IngressClass and never at its parameters, so they change nothing today.',
    do: 'Leave them out of the GatewayClass as well, unless its controller knows parameters of that kind (spec.parametersRef).',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/store/store.go',
  },
  'class/none': {
    fidelity: 'exact',
    risk: 'none',
    what: '{count} without a class left out: {ingresses}.',
    why: 'ingress-nginx serves an Ingress without a class only with --watch-ingress-without-class, or when its IngressClass is the default of the cluster and filled the name in.',
    do: "If nginx serves them, convert with --all-classes, with --controller-args='--watch-ingress-without-class', or with the IngressClass in the input.",
    source: classes,
  },
  'class/assumed': {
    fidelity: 'exact',
    risk: 'none',
    what: '{count} without a class converted: {ingresses}.',
    why: 'They carry annotations of ingress-nginx, and nothing in the input says which class is the default of the cluster.',
    do: 'Remove an Ingress from the input if another controller serves it, or add the IngressClass objects of the cluster to the input.',
    source: classes,
  },
  'order/undecided': {
    fidelity: 'approximate',
    risk: 'availability',
    what: 'Which Ingress of {host} wins is an assumption ({ingresses}): {what}.',
    why: 'ingress-nginx lets the oldest Ingress win, and the input states no creationTimestamp for all of them; equal times go by namespace/name in descending order, which was used here.',
    do: 'Convert the objects as the cluster holds them (kubectl get ingress -o yaml, or --live), say the order with --assume-order, or remove the overlap.',
    source: store,
  },
  'order/assumed': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Which Ingress of {host} wins was taken from --assume-order: the order is {ingresses}, and {what}.',
    why: 'ingress-nginx lets the oldest Ingress win, and the input states no creationTimestamp for all of them.',
    do: 'Compare with the creation times in the cluster (kubectl get ingress --sort-by=.metadata.creationTimestamp).',
    source: store,
  },
  'order/undecided-unmatched': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'Requests to {host} that match no path get the annotations of {first}: an assumption, it could be another of {ingresses}.',
    why: 'ingress-nginx gives every host a path / with the annotations of its oldest Ingress, and the input states no creationTimestamp for all of them.',
    do: 'Convert the objects as the cluster holds them, or give {host} a path / of its own.',
    source: store,
  },
});
