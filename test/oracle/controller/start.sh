#!/bin/bash
# Runs in the chroot. Settings of the 1.12 line and later that this older controller has as flags; the rest are in its ConfigMap.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin NGINX_BINARY=/oracle/nginx.sh
# The API here lists, then watches: newer clients would first try to watch alone.
export KUBE_FEATURE_WatchListClient=false
export POD_NAME=ingress-nginx-controller-0 POD_NAMESPACE=ingress-nginx
exec /oracle/nginx-ingress-controller --kubeconfig=/oracle/kubeconfig \
  --ingress-class=nginx --controller-class=k8s.io/ingress-nginx \
  --configmap=ingress-nginx/ingress-nginx-controller --http-port=80 --https-port=443 --healthz-host=127.0.0.1 --profiling=false \
  --publish-status-address=10.98.0.1 --disable-leader-election --enable-annotation-validation=true --sync-rate-limit=20 \
  --post-shutdown-grace-period=0 "$@"
