# What the profiles of src/verify/gateway were measured with. Both implementations were built against this Gateway API.
gateway_api=v1.6.1
envoy=1.40.0
envoy_gateway=v1.9.1
traefik=v3.7.13
