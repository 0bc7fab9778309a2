#!/bin/sh
# 12 requests to the old and the new address of a migration, and where the answers differ. Written by gwmigrate probe --write.
# Needs curl, awk, sort and cksum. Nothing is followed, no credentials are sent, and ~/.curlrc and proxies are left out.
# Other addresses: BEFORE=10.0.0.1 BEFORE_HTTPS=8443 AFTER=10.0.0.2 sh probe.sh
# Exit code: 0 alike or expected to differ, 1 differs unexpectedly, 3 an address could not be reached.
set -u
BEFORE=${BEFORE:-192.0.2.1}
BEFORE_HTTP=${BEFORE_HTTP:-80}
BEFORE_HTTPS=${BEFORE_HTTPS:-443}
AFTER=${AFTER:-2001:db8::1}
AFTER_HTTP=${AFTER_HTTP:-8080}
AFTER_HTTPS=${AFTER_HTTPS:-8443}
PAUSE=${PAUSE:-0.1}
TIMEOUT=${TIMEOUT:-10}
BODY=${BODY:-0}
WANTED=' location access-control-allow-credentials access-control-allow-headers access-control-allow-methods access-control-allow-origin access-control-expose-headers content-encoding content-type set-cookie strict-transport-security www-authenticate x-frame-options '
differences=0 expected=0 unreachable=0 count=0
body=$(mktemp) || exit 3
trap 'rm -f "$body"' EXIT

# ask ADDRESS PORT METHOD SCHEME HOST TARGET [HEADER]...
ask() {
  address=$1 port=$2 method=$3 scheme=$4 host=$5 target=$6
  shift 6
  for header do
    shift
    set -- "$@" -H "$header"
  done
  if [ "$method" = HEAD ]; then set -- "$@" -I; else set -- "$@" -X "$method"; fi
  case $address in *:*) address="[$address]" ;; esac
  if [ "$host" = '' ]; then set -- "$@" -H 'Host:' "$scheme://$address:$port$target"
  else set -- "$@" --connect-to "::$address:$port" "$scheme://$host$target"; fi
  curl -q -sS -k -g --http1.1 --noproxy '*' --path-as-is --max-time "$TIMEOUT" -A gwmigrate-probe -o "$body" -D - -w '\n%{certs}' "$@" 2>/dev/null |
    tr -d '\r' | awk -v wanted="$WANTED" '
      /^HTTP\// && !done { status = $2; kept = ""; next }
      /^$/ { done = 1; next }
      !done { name = tolower($0); sub(/:.*/, "", name); value = $0; sub(/^[^:]*: */, "", value)
        if (name == "set-cookie") sub(/=.*/, "", value)
        if (index(wanted, " " name " ")) kept = kept "\n" name ": " value; next }
      /^X509v3 Subject Alternative Name:/ && names == "" { names = "\ncertificate: " substr($0, 34) }
      END { if (status == "") print "no answer"; else print status kept names }' | sort
  if [ "$BODY" = 1 ]; then cksum <"$body"; fi
}

# without NAMES ANSWER: the answer without these headers
without() {
  printf '%s\n' "$2" | awk -v names=" $1 " '{ name = $0; sub(/:.*/, "", name); if (!index(names, " " name " ")) print }'
}

# probe CAUSE METHOD SCHEME HOST TARGET [HEADER]...: CAUSE names the findings that expect a difference, or "HEADERS | findings"
probe() {
  cause=$1 headers=
  shift
  case $cause in *' | '*) headers=${cause%% | *} cause=${cause#* | } ;; esac
  if [ "$2" = https ]; then old=$BEFORE_HTTPS new=$AFTER_HTTPS; else old=$BEFORE_HTTP new=$AFTER_HTTP; fi
  if [ "$old" = '' ] || [ "$new" = '' ]; then return; fi
  count=$((count + 1))
  one=$(ask "$BEFORE" "$old" "$@")
  two=$(ask "$AFTER" "$new" "$@")
  case $one in 'no answer'*) unreachable=$((unreachable + 1)) ;; esac
  case $two in 'no answer'*) unreachable=$((unreachable + 1)) ;; esac
  if [ "$one" != "$two" ]; then
    if [ "$headers" != '' ] && [ "$(without "$headers" "$one")" != "$(without "$headers" "$two")" ]; then cause=; fi
    if [ "$cause" = '' ]; then differences=$((differences + 1)); else expected=$((expected + 1)); fi
    printf '%s %s://%s%s   %s\n' "$1" "$2" "$3" "$4" "${cause:+because }${cause:-unexplained}"
    printf '%s\n' "$one" | sed 's/^/  before  /'
    printf '%s\n' "$two" | sed 's/^/  after   /'
  fi
  sleep "$PAUSE"
}

probe '' GET http unknown.gwmigrate.invalid /
probe '' GET http unknown.gwmigrate.invalid /zz-unknown
probe basic-auth/lost GET http admin.example.com /
probe 'body-size/lost, default/hsts' GET https shop.example.com /checkout/
probe '' GET https shop.example.com /checkoutx
probe '' GET https shop.example.com /
probe default/default-certificate-on-every-host GET https admin.example.com /
probe '' GET https unknown.gwmigrate.invalid /
probe '' GET https unknown.gwmigrate.invalid /zz-unknown
probe default/trailing-slash-cut-on-https-redirect GET http shop.example.com /checkout/
probe '' GET http shop.example.com /checkoutx
probe '' GET http '' /

printf '%s requests to each address: %s differ unexpectedly, %s as expected, %s answers missing\n' "$count" "$differences" "$expected" "$unreachable"
if [ "$unreachable" -gt 0 ]; then exit 3; fi
if [ "$differences" -gt 0 ]; then exit 1; fi
