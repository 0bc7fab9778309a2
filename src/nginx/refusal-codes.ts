import { defineCodes } from '../diagnostics/finding.ts';

const extract = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/annotations.go';
const risk = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/';
const configMap = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/';

/** Ingresses that the controller drops, and locations that it shuts. */
export const codes = defineCodes({
  'dropped/invalid-annotation': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Ingress {ingress} is not converted: the value of {annotation} is invalid.',
    why: 'ingress-nginx 1.12 and later drop the whole Ingress for it, unless they run with --enable-annotation-validation=false; if one of them still serves it, that is the last valid version, until it restarts.',
    do: 'Write {annotation} so that every release takes it, or remove it, and convert again.',
    source: extract,
  },
  'dropped/risk-level': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Ingress {ingress} is not converted: {annotation} is riskier than the level {level} of the controller allows.',
    why: 'Since 1.12 ingress-nginx drops an Ingress with an annotation above annotations-risk-level of its ConfigMap (High by default; snippets are Critical).',
    do: 'Remove {annotation}, or convert with the ConfigMap that the running controller really uses.',
    source: risk,
  },
  'dropped/forbidden-word': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Ingress {ingress} is not converted: {annotation} holds a word that the controller forbids.',
    why: 'annotation-value-word-blocklist of the controller ConfigMap lists it, so ingress-nginx skips the Ingress.',
    do: 'Remove the word from {annotation} and convert again.',
    source: configMap,
  },
  'dropped/suspicious-text': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'Ingress {ingress} is not converted: {where} holds text that looks like nginx configuration.',
    why: 'ingress-nginx drops an Ingress whose hosts, paths or tls entries hold a root, alias or Lua directive or a path of the controller.',
    do: 'Correct {where} and convert again.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/inspector/rules.go',
  },
  'dropped/catch-all': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Ingress {ingress} is not converted: it has a default backend.',
    why: 'The controller runs with --disable-catch-all and ignores every Ingress with spec.defaultBackend.',
    do: 'Remove spec.defaultBackend if the rules of {ingress} should be served.',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/',
  },
  'dropped/protection': {
    fidelity: 'lost',
    risk: 'security',
    what: 'Paths of Ingress {ingress} on {host} lose {annotation}: requests for them go to the other rules of the host.',
    why: 'ingress-nginx drops the Ingress, but one that it accepted before stays active with its protection until the controller restarts; the routes hold none of it.',
    do: 'Correct the annotation that the other finding on {ingress} names and convert again.',
    source: extract,
  },
  'denied/annotation': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'Every path of Ingress {ingress} is refused: {annotation} {problem}.',
    why: 'ingress-nginx answers 503 rather than serve a path whose protection or headers it cannot set up, and the conversion keeps it shut.',
    do: 'Correct {annotation}, or convert with the ConfigMap of the controller if nginx serves the paths today.',
    source: extract,
  },
  'denied/client-certificate': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'Every path of {host} is refused: {annotation} {problem}.',
    why: 'ingress-nginx answers 403 on the whole host when it cannot read the certificate authority of one of its Ingresses, and the conversion keeps it shut.',
    do: 'Write {annotation} as namespace/name of a Secret with ca.crt in the namespace of the Ingress, or convert with the ConfigMap of the controller if nginx serves the host today.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/authtls/main.go',
  },
  'denied/other-namespace-assumed': {
    fidelity: 'approximate',
    risk: 'availability',
    what: '{annotation} names an object of another namespace: its paths are taken as refused today, and stay refused.',
    why: 'ingress-nginx forbids such references since 1.12 unless its ConfigMap says allow-cross-namespace-resources: true, and allowed them before; the ConfigMap was not given.',
    do: 'If nginx serves these paths today, convert again with the ConfigMap of the controller (--controller-configmap FILE, or among the files); write allow-cross-namespace-resources: "true" into the file for a release before 1.12.',
    source: configMap,
  },
  'denied/certificate-name': {
    fidelity: 'approximate',
    risk: 'none',
    what: 'Every path of {host} is refused: {annotation} compares the name in a certificate that nginx never asks for.',
    why: 'Without ca.crt in the Secret, or with auth-tls-verify-client off, no client shows a certificate; ingress-nginx answers 403, and the conversion keeps the host shut.',
    do: 'Put the certificate authority under ca.crt and ask for certificates, or remove {annotation}, and convert again.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/template/nginx.tmpl',
  },
  'snippets/allowed-before-risk-levels': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Snippet annotations are taken as applied.',
    why: 'The controller ConfigMap allows them and states no annotations-risk-level: controllers before 1.12 apply them, newer ones drop every Ingress that has one.',
    do: 'If the controller is 1.12 or newer, state annotations-risk-level: High in the ConfigMap given to the conversion.',
    source: risk,
  },
});
