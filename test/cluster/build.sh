#!/usr/bin/env bash
# build.sh CACHE: prints the control plane's program, which is built when CACHE does not hold the one of these sources yet.
set -euo pipefail
cd "$(dirname "$0")/control-plane"
cache=$1
kube=$(sed -n 's#^\tk8s.io/kubernetes \(v[0-9.]*\)$#\1#p' go.mod)
sum=$(cat main.go go.mod go.sum | sha256sum | cut -c1-12)
out=$cache/control-plane-$kube-$sum
if [ ! -x "$out" ]; then
  echo "building kube-apiserver $kube and etcd: five to ten minutes, once" >&2
  minor=${kube#v1.}; minor=${minor%%.*}
  v=k8s.io/component-base/version
  c=k8s.io/client-go/pkg/version
  mkdir -p "$cache"
  nice go build -trimpath -o "$out.part" -ldflags "-s -w \
   -X $v.gitVersion=$kube -X $v.gitMajor=1 -X $v.gitMinor=$minor \
   -X $c.gitVersion=$kube -X $c.gitMajor=1 -X $c.gitMinor=$minor" .
  mv "$out.part" "$out"
fi
echo "$out"
