#!/usr/bin/env bash
# Compares the evaluator with the real ingress-nginx. Needs Linux, root, Go and debootstrap; without them it says so and counts as skipped.
# State: $GWMIGRATE_ORACLE, outside the checkout. Arguments go to vitest.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
state=${GWMIGRATE_ORACLE:-/var/tmp/gwmigrate-oracle}

missing=()
[ "$(uname)" = Linux ] || missing+=(Linux)
[ "$(id -u)" = 0 ] || missing+=(root)
for tool in ip unshare chroot openssl flock; do command -v "$tool" >/dev/null || missing+=("$tool"); done
if [ ! -e "$state/controller/nginx-ingress-controller" ]; then command -v go >/dev/null || missing+=(go); fi
if [ ! -e "$state/root/.done" ]; then command -v debootstrap >/dev/null || missing+=(debootstrap); fi
if [ ${#missing[@]} -gt 0 ]; then
  echo "skipped: the oracle runs the real ingress-nginx controller and needs what is not here: ${missing[*]}"
  exit 0
fi

# One run at a time: they share the root and the log.
mkdir -p "$state"
exec 9>"$state/lock"
flock -n 9 || { echo "another run uses $state; waiting for it"; flock 9; }

bash "$here/build.sh" "$state"

# A network of its own: nothing in it reaches the machine's. Every address is local, so that requests can come from any.
network=gwmigrate-oracle-$$
ip netns add "$network"
trap 'ip netns del "$network"' EXIT
ip -n "$network" link set lo up
ip -n "$network" addr add 10.98.0.1/32 dev lo
ip -n "$network" route replace local 0.0.0.0/0 dev lo src 10.98.0.1
export GWMIGRATE_ORACLE=$state GWMIGRATE_ORACLE_NETWORK=$network
ip netns exec "$network" nice -n 5 npx vitest run --config "$here/vitest.config.js" "$@" 9>&-
