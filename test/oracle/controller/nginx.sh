#!/bin/bash
# NGINX_BINARY of the controller: fits each rendered configuration to Debian's nginx (modules are loaded by name, no stream block), then
# runs the real one. A configuration that fails the test stays as /tmp/nginx/refused, and why as /tmp/nginx/complaint.
args=()
tested=
while [ $# -gt 0 ]; do
  if [ "$1" = -c ]; then
    # At once: nginx may still be reading the one before.
    {
      echo 'load_module /usr/lib/nginx/modules/ndk_http_module.so;'
      for module in http_lua http_headers_more_filter http_set_misc; do
        echo "load_module /usr/lib/nginx/modules/ngx_${module}_module.so;"
      done
      echo 'user root;'
      sed -e '/^stream {/,$d' -e '/^load_module \/etc\/nginx\/modules\//d' "$2"
    } >"$2.new"
    mv "$2.new" "$2.run"
    args+=(-c "$2.run")
    file=$2.run
    shift 2
  else
    [ "$1" = -t ] && tested=yes
    args+=("$1")
    shift
  fi
done
[ -n "$tested" ] || exec /usr/sbin/nginx "${args[@]}"
if complaint=$(/usr/sbin/nginx "${args[@]}" 2>&1); then
  rm "$file"
else
  status=$?
  echo "$complaint" | tee /tmp/nginx/complaint
  mv "$file" /tmp/nginx/refused
  exit "$status"
fi
