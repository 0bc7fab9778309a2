#!/usr/bin/env bash
# Compares the evaluator of Gateway API objects with Envoy Gateway and Traefik. Needs Linux, root and what build.sh makes; without them it says so and
# counts as skipped. State: $GWMIGRATE_DATAPLANE, outside the checkout. Arguments go to vitest.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
state=${GWMIGRATE_DATAPLANE:-/var/tmp/gwmigrate-dataplane}
. "$here/versions.sh"
skip() { echo "skipped: the data planes are real gateways, and $*"; exit 0; }

missing=()
[ "$(uname)" = Linux ] || missing+=(Linux)
[ "$(id -u)" = 0 ] || missing+=(root)
for tool in ip openssl; do command -v "$tool" >/dev/null || missing+=("$tool"); done
[ ${#missing[@]} -eq 0 ] || skip "need what is not here: ${missing[*]}"

# The API server is the one of test/cluster, out of its cache.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gwmigrate
control_plane=${GWMIGRATE_CONTROL_PLANE:-$(ls -t "$cache"/control-plane-* "$state"/bin/control-plane 2>/dev/null | head -1 || true)}
if [ "${GWMIGRATE_DATAPLANE_BUILD:-}" = 1 ]; then
  for tool in go python3 pip; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "building nothing: ${missing[*]} is not here"
  else
    # Every part that is done stays, so that the next run goes on where this one ended.
    timeout "$((${GWMIGRATE_DATAPLANE_MINUTES:-0} * 60))" bash "$here/build.sh" "$state" >"$state.log" 2>&1 || { tail -5 "$state.log"; echo "not all of the gateways could be built"; }
    [ -x "$control_plane" ] || control_plane=$(bash "$here/../cluster/build.sh" "$cache")
  fi
fi
[ -x "$control_plane" ] || skip "there is no API server (npm run test:cluster builds it, or set GWMIGRATE_CONTROL_PLANE)"
[ -d "$state/crds/gateway-api-$gateway_api" ] || skip "they are not built (set GWMIGRATE_DATAPLANE_BUILD=1; it takes twenty minutes)"
present=()
if [ -x "$state/bin/envoy-gateway-$envoy_gateway" ] && [ -x "$state/bin/envoy-$envoy" ]; then present+=(envoy-gateway); else echo "skipped: Envoy Gateway $envoy_gateway is not built (set GWMIGRATE_DATAPLANE_BUILD=1)"; fi
if [ -x "$state/bin/traefik-$traefik" ]; then present+=(traefik); else echo "skipped: Traefik $traefik is not built (set GWMIGRATE_DATAPLANE_BUILD=1)"; fi
[ ${#present[@]} -gt 0 ] || exit 0

# A network of its own: nothing in it reaches the machine's, and 10.98.0.0/16 is all local.
network=gwmigrate-dataplane-$$
ip netns add "$network"
# Whatever happens to the tests, what they started in that network ends with them.
trap 'ip netns pids "$network" | xargs -r kill 2>/dev/null; ip netns del "$network"' EXIT
ip -n "$network" link set lo up
ip -n "$network" addr add 10.98.0.1/32 dev lo
ip -n "$network" route replace local 10.98.0.0/16 dev lo src 10.98.0.1
export GWMIGRATE_DATAPLANE=$state GWMIGRATE_DATAPLANE_NETWORK=$network GWMIGRATE_CONTROL_PLANE=$control_plane GWMIGRATE_DATAPLANE_PRESENT="${present[*]}"
export GWMIGRATE_VERSIONS="$gateway_api $envoy $envoy_gateway $traefik"
ip netns exec "$network" nice -n 5 npx vitest run --config "$here/vitest.config.js" "$@"
