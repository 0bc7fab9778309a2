#!/usr/bin/env bash
# Builds what the oracle needs under $1: the ingress-nginx controller from its Go module, and a Debian root with an nginx that has the
# modules the controller's template asks for. Minutes the first time; does nothing for parts that are there.
set -euo pipefail
state=$1
# The only version that Go's module proxy serves: July 2024, between controller 1.11.0 and 1.11.1.
version=v0.0.0-20240708192948-52c50467d67d

# A checkout of https://github.com/kubernetes/ingress-nginx instead, such as its last release.
checkout=${GWMIGRATE_ORACLE_SOURCE:-}

if [ ! -e "$state/controller/nginx-ingress-controller" ]; then
  echo "building the controller"
  rm -rf "$state/controller"
  mkdir -p "$state/controller"
  cd "$state"
  if [ -n "$checkout" ]; then
    version=$(cat "$checkout/TAG")
    module=$checkout
  else
    module=$(GOTOOLCHAIN=local go mod download -json "k8s.io/ingress-nginx@$version" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p')
  fi
  cp -r "$module" "$state/controller/src"
  chmod -R u+w "$state/controller/src"
  cd "$state/controller/src"
  rm -f go.work go.work.sum
  # Without release and commit the controller stops at once.
  package=k8s.io/ingress-nginx/version
  GOTOOLCHAIN=local GOFLAGS=-mod=mod CGO_ENABLED=0 nice -n 10 go build -p 2 -trimpath \
    -ldflags "-s -w -X $package.RELEASE=$version -X $package.COMMIT=module -X $package.REPO=module" \
    -o "$state/controller/nginx-ingress-controller" ./cmd/nginx
  cp -r rootfs/etc "$state/controller/etc"
  echo "$version" >"$state/controller/version"
  rm -rf "$state/controller/src"
fi

root=$state/root
if [ ! -e "$root/.done" ]; then
  echo "building the root with nginx"
  # The machine's own mirror, from whichever of the two forms of source lists it has.
  mirror=$({ cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null || true; } | sed -n 's/^URIs: *//p;s/^deb \([^[ ]*\) .*/\1/p' | head -1)
  nice -n 10 debootstrap --variant=minbase --include=ca-certificates trixie "$root" "$mirror"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  # No service starts by being installed.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod +x "$root/usr/sbin/policy-rc.d"
  DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -y -qq --no-install-recommends \
    nginx libnginx-mod-http-lua libnginx-mod-http-ndk libnginx-mod-http-headers-more-filter \
    libnginx-mod-http-set-misc lua-resty-core lua-resty-lrucache lua-cjson
  touch "$root/.done"
fi
