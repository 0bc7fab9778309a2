/** What becomes of an annotation that another program reads. */
export type ForeignTreatment =
  /** Bookkeeping of the object itself: means nothing on another object. */
  | { readonly kind: 'drop'; readonly reader: string; readonly because: string }
  /** Goes to the routes under the same key, or another. `watches`: the reader has to be told to look at routes. */
  | { readonly kind: 'route'; readonly reader: string; readonly rename?: string; readonly watches?: true }
  | { readonly kind: 'gateway' }
  /** Goes to the Gateway, if it makes cert-manager issue a certificate at all. */
  | { readonly kind: 'certificate' }
  /** Says how cert-manager answers ACME challenges for Ingresses. */
  | { readonly kind: 'challenge' }
  /** Its reader looks at Ingress objects only. */
  | { readonly kind: 'ingress-only'; readonly reader: string; readonly effect: string; readonly advice: string; readonly risk: 'none' | 'availability' }
  /** Its reader looks for it on objects of another kind. */
  | { readonly kind: 'other-object'; readonly reader: string; readonly of: string }
  /** Another ingress controller reads it; ingress-nginx does not. */
  | { readonly kind: 'controller'; readonly reader: string }
  /** What it says is carried by other objects of the output. */
  | { readonly kind: 'structural' }
  /** It speaks to this program. */
  | { readonly kind: 'own' };

const drop = (reader: string, because: string): ForeignTreatment => ({ kind: 'drop', reader, because });
const route = (reader: string): ForeignTreatment => ({ kind: 'route', reader });
const watched = (reader: string): ForeignTreatment => ({ kind: 'route', reader, watches: true });
const controller = (reader: string): ForeignTreatment => ({ kind: 'controller', reader });
const ingressOnly = (reader: string, risk: 'none' | 'availability', effect: string, advice: string): ForeignTreatment => ({
  kind: 'ingress-only',
  reader,
  effect,
  advice,
  risk,
});

const helmOwnership = drop('Helm', 'Helm writes it on each object it creates');
const certificate: ForeignTreatment = { kind: 'certificate' };
const challenge: ForeignTreatment = { kind: 'challenge' };

/** Whole keys; they win over prefixes. */
export const foreignKeys: ReadonlyMap<string, ForeignTreatment> = new Map([
  ['kubernetes.io/ingress.class', { kind: 'structural' }],
  // Read by src/gate/inline.ts.
  ['gwmigrate.dev/accept', { kind: 'own' }],
  [
    'kubernetes.io/tls-acme',
    ingressOnly(
      'cert-manager',
      'availability',
      'the certificate is no longer renewed',
      'Name the issuer on the Gateway with cert-manager.io/cluster-issuer: the default issuer of cert-manager is used for Ingresses only.',
    ),
  ],
  ['kubernetes.io/ingress.allow-http', controller('the GCE controller')],
  ['kubernetes.io/ingress.global-static-ip-name', controller('the GCE controller')],
  ['kubernetes.io/ingress.regional-static-ip-name', controller('the GCE controller')],
  ['kubernetes.io/change-cause', drop('kubectl', 'it comments a change of this one object')],
  ['kubectl.kubernetes.io/last-applied-configuration', drop('kubectl', 'it is a copy of the Ingress, which kubectl writes itself')],
  // Read from Certificates alone: setIssuerSpecificConfig in pkg/controller/certificate-shim/sync.go of cert-manager.
  ['cert-manager.io/issue-temporary-certificate', { kind: 'other-object', reader: 'cert-manager', of: 'Certificate' }],
  ['argocd.argoproj.io/tracking-id', drop('Argo CD', 'it names the Ingress by kind and name')],
  ['argocd.argoproj.io/installation-id', drop('Argo CD', 'Argo CD writes it on each object it tracks')],
  ['helm.sh/resource-policy', route('Helm')],
  ['helm.sh/hook', route('Helm')],
  ['helm.sh/hook-weight', route('Helm')],
  ['helm.sh/hook-delete-policy', route('Helm')],
  [
    'kubernetes.azure.com/tls-cert-keyvault-uri',
    ingressOnly(
      'the application routing add-on of AKS',
      'availability',
      'the certificate is no longer fetched from the key vault',
      'Synchronise the certificate into a Secret with the Secrets Store CSI driver, and name that Secret on the listener.',
    ),
  ],
]);

/** The prefix of this program's own annotations: any other name under it is a mistake. */
export const ownPrefix = 'gwmigrate.dev';

/** Part of a key before the slash. */
export const foreignPrefixes: ReadonlyMap<string, ForeignTreatment> = new Map([
  // cert-manager reads the Gateway, never routes, and there what it read on the Ingress: https://cert-manager.io/docs/usage/gateway/
  ['cert-manager.io', certificate],
  ['venafi.cert-manager.io', certificate],
  ['acme.cert-manager.io', challenge],
  [
    'certmanager.k8s.io',
    ingressOnly('cert-manager before 0.11', 'none', 'nothing reads it today', 'Delete it, or replace it by the cert-manager.io key of the same name.'),
  ],
  // https://gethomepage.dev/configs/kubernetes/#gateway-api-support
  ['gethomepage.dev', watched('Homepage')],
  ['argocd.argoproj.io', route('Argo CD')],
  ['link.argocd.argoproj.io', route('Argo CD')],
  ['notifications.argoproj.io', route('Argo CD')],
  ['argocd-image-updater.argoproj.io', route('Argo CD Image Updater')],
  ['reloader.stakater.com', watched('Reloader')],
  ['prometheus.io', watched('Prometheus')],
  ['ignore-check.kube-linter.io', route('kube-linter')],
  ['checkov.io', route('Checkov')],
  ['meta.helm.sh', helmOwnership],
  ['field.cattle.io', drop('Rancher', 'Rancher writes it on each object it shows')],
  ['cattle.io', drop('Rancher', 'Rancher writes it on each object it shows')],
  ['management.cattle.io', drop('Rancher', 'Rancher writes it on each object it shows')],
  ['objectset.rio.cattle.io', drop('Rancher Fleet', 'it marks the owner of the Ingress')],
  ['kustomize.toolkit.fluxcd.io', drop('Flux', 'it marks how Flux applies the Ingress; the manifests in the repository say that again')],
  ['helm.toolkit.fluxcd.io', drop('Flux', 'it marks the owner of the Ingress')],
  ['fluxcd.io', drop('Flux', 'it marks how Flux applies the Ingress; the manifests in the repository say that again')],
  ['config.kubernetes.io', drop('kustomize and kpt', 'it marks where the manifest came from')],
  ['internal.config.kubernetes.io', drop('kustomize and kpt', 'it marks where the manifest came from')],
  ['kubectl.kubernetes.io', drop('kubectl', 'kubectl writes it itself')],
  [
    'forecastle.stakater.com',
    ingressOnly('Forecastle', 'none', 'the host leaves the dashboard', 'Write a ForecastleApp object with the URL: https://github.com/stakater/Forecastle/issues/496'),
  ],
  ['hajimari.io', ingressOnly('Hajimari', 'none', 'the host leaves the dashboard', 'Write an Application object of Hajimari with the URL.')],
  ['ingressclass.kubernetes.io', drop('the API server', 'it means something on an IngressClass only')],

  ['nginx.org', controller('the NGINX Inc. controller (F5)')],
  ['nginx.com', controller('the NGINX Inc. controller (F5)')],
  ['custom.nginx.org', controller('the NGINX Inc. controller (F5)')],
  ['appprotect.f5.com', controller('the NGINX Inc. controller (F5)')],
  ['appprotectdos.f5.com', controller('the NGINX Inc. controller (F5)')],
  ['virtual-server.f5.com', controller('F5 Container Ingress Services')],
  ['traefik.ingress.kubernetes.io', controller('Traefik')],
  ['traefik.ingress.k8s.io', controller('Traefik')],
  ['traefik.io', controller('Traefik')],
  ['haproxy.org', controller('the HAProxy controller')],
  ['haproxy.com', controller('the HAProxy controller')],
  ['haproxy-ingress.github.io', controller('HAProxy Ingress')],
  ['haproxy.router.openshift.io', controller('the OpenShift router')],
  ['route.openshift.io', controller('the OpenShift router')],
  ['router.openshift.io', controller('the OpenShift router')],
  ['alb.ingress.kubernetes.io', controller('the AWS load balancer controller')],
  ['appgw.ingress.kubernetes.io', controller('Azure Application Gateway')],
  ['alb.networking.azure.io', controller('Azure Application Gateway for Containers')],
  ['konghq.com', controller('Kong')],
  ['configuration.konghq.com', controller('Kong')],
  ['networking.gke.io', controller('the GCE controller')],
  ['ingress.gcp.kubernetes.io', controller('the GCE controller')],
  ['cloud.google.com', controller('the GCE controller')],
  ['projectcontour.io', controller('Contour')],
  ['contour.heptio.com', controller('Contour')],
  ['ingress.pomerium.io', controller('Pomerium')],
  ['getambassador.io', controller('Ambassador (Emissary)')],
  ['zalando.org', controller('Skipper')],
  ['higress.io', controller('Higress')],
  ['mse.ingress.kubernetes.io', controller('Higress')],
  ['k8s.apisix.apache.org', controller('APISIX')],
  ['ingress.cilium.io', controller('Cilium')],
  ['ingress.citrix.com', controller('the NetScaler controller')],
  ['tailscale.com', controller('the Tailscale operator')],
  ['ingress.bluemix.net', controller('the IBM Cloud ALB')],
  ['voyager.appscode.com', controller('Voyager')],
  ['k8s.ngrok.com', controller('the ngrok operator')],
  ['cloudflare-tunnel-ingress-controller.strrl.dev', controller('the Cloudflare tunnel controller')],
  ['caddy.ingress.kubernetes.io', controller('Caddy')],
  ['ingress.linode.com', controller('the Linode controller')],
]);

/**
 * external-dns reads `target` from the Gateway and everything else from routes:
 * https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/gateway-api/
 */
export const externalDnsPrefixes: ReadonlySet<string> = new Set(['external-dns.alpha.kubernetes.io', 'external-dns.kubernetes.io']);
export const externalDnsNames: ReadonlyMap<string, ForeignTreatment> = new Map([
  ['target', { kind: 'gateway' }],
  ['ingress-hostname-source', { kind: 'route', reader: 'external-dns', rename: 'gateway-hostname-source' }],
]);
export const externalDnsDefault: ForeignTreatment = route('external-dns');
