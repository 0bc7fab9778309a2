import { defineCodes, type CodeEntry } from '../diagnostics/finding.ts';
import type { DifferingDefault } from '../nginx/defaults.ts';

const template = 'https://github.com/kubernetes/ingress-nginx/blob/main/rootfs/etc/nginx/template/nginx.tmpl';
const configMap = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/';

const lost = { fidelity: 'lost', risk: 'none' } as const;
const approximate = { fidelity: 'approximate', risk: 'none' } as const;

/** What --defaults preserve wrote, where it is not quite the same. */
export const preservedCodes = defineCodes({
  'preserved-default/differs': {
    ...approximate,
    what: 'What nginx does unasked ({name}) is written as {how}.',
    why: '--defaults preserve asks for it; {differences}.',
    do: 'Look at one of the routes; --defaults report leaves it out and only says so.',
  },
});

/** One code for each thing ingress-nginx does unasked; said once a run, when the target does not do the same. */
export const defaultCodes = defineCodes({
  'default/hsts': {
    ...lost,
    what: 'Responses over HTTPS lose the header Strict-Transport-Security.',
    why: 'ingress-nginx adds it to every host by default. {how}',
    do: 'Let the applications send the header, or set it in a ResponseHeaderModifier of the HTTPS routes.',
    source: configMap,
  },
  'default/body-size-1m': {
    ...lost,
    what: 'Request bodies are no longer limited to {value}.',
    why: 'ingress-nginx answers 413 above proxy-body-size. {how}',
    do: 'Limit the size in the application or with a policy of your gateway.',
    source: configMap,
  },
  'default/idle-timeouts-60s': {
    ...approximate,
    what: 'The idle timeouts of {value} between two reads or writes are replaced by those of the gateway.',
    why: 'proxy-read-timeout and proxy-send-timeout never limit a whole request. {how}',
    do: "Look up your gateway's default timeout: some end every request after 15 s.",
    source: configMap,
  },
  'default/connect-timeout-5s': {
    ...approximate,
    what: 'The {value} that a connection to a pod may take become what the gateway allows.',
    why: '{how}',
    do: 'Set a connection timeout with a policy of your gateway if {value} matter.',
    source: configMap,
  },
  'default/three-tries': {
    ...lost,
    what: 'A request whose pod cannot be reached or does not answer is no longer tried again.',
    why: 'ingress-nginx tries up to {value} pods, except for POST, PATCH and LOCK once they were sent. {how}',
    do: 'Expect a few more errors while pods restart, or set a retry policy of your gateway.',
    source: configMap,
  },
  'default/underscore-headers-dropped': {
    ...approximate,
    what: 'Request headers with an underscore or a dot in their name are treated as the gateway likes.',
    why: 'nginx drops them. {how}',
    do: 'Check that no application trusts such a header.',
    source: configMap,
  },
  'default/forwarded-headers-replaced': {
    ...approximate,
    what: 'X-Forwarded-For, -Host, -Port, -Proto, -Scheme and X-Real-IP may reach the application as the client sent them.',
    why: 'ingress-nginx overwrites them all with what it knows of the connection. {how}',
    do: "Check what the applications read, and your gateway's settings for client addresses.",
    source: template,
  },
  'default/server-header-removed': {
    ...lost,
    what: "The application's Server header reaches the client.",
    why: 'nginx removes it. {how}',
    do: 'Remove it with a ResponseHeaderModifier if it must not be seen.',
    source: template,
  },
  'default/default-certificate-on-every-host': {
    ...approximate,
    what: 'Hosts without a tls section are served over plain HTTP only.',
    why: 'nginx answers HTTPS for every host, with its default certificate where there is no other. {how}',
    do: 'Give the hosts that clients reach over HTTPS a certificate.',
    source: template,
  },
  'default/path-normalisation': {
    ...approximate,
    what: 'Paths with %2F, double slashes or dot segments are matched and forwarded as the gateway likes.',
    why: 'nginx matches the decoded and merged path and forwards the path as sent. {how}',
    do: 'Test clients that send encoded slashes.',
    source: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
  },
  'default/trailing-slash-cut-on-https-redirect': {
    ...approximate,
    what: 'The redirect to HTTPS keeps a final slash that nginx cuts.',
    why: 'ingress-nginx removes one slash from the end of the address it redirects to. {how}',
    do: 'Nothing: the address the client asked for is kept.',
    source: 'https://github.com/kubernetes/ingress-nginx/blob/main/rootfs/etc/nginx/lua/lua_ingress.lua',
  },
  'default/request-buffering': {
    ...approximate,
    what: 'Uploads reach the pods while the client is still sending.',
    why: 'nginx reads the whole body first, so slow clients hold no pod. {how}',
    do: 'Watch pods that serve few requests at a time.',
    source: configMap,
  },
} satisfies Readonly<Record<`default/${DifferingDefault}`, CodeEntry>>);
