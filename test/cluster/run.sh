#!/usr/bin/env bash
# Tests against a real kube-apiserver with real CRDs, on loopback. Needs Linux or macOS and Go, whose module proxy has all of it; without Go it says so
# and counts as skipped. State: ${XDG_CACHE_HOME:-~/.cache}/gwmigrate, outside the checkout. Arguments go to vitest.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gwmigrate

if ! command -v go >/dev/null; then
  echo "skipped: the tests with a real API server build it from Go modules, and there is no Go here (1.26 or newer)"
  exit 0
fi
GWMIGRATE_CONTROL_PLANE=$(bash "$here/build.sh" "$cache")
node "$here/crds.mjs" "$cache"
command -v kubectl >/dev/null || echo "skipped: the tests of the kubectl plugin need kubectl, and there is none here"
export GWMIGRATE_CONTROL_PLANE GWMIGRATE_CRDS=$cache/crds
nice -n 5 npx vitest run --config "$here/vitest.config.js" "$@"
