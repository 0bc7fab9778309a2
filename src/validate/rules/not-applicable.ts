const unvendored = 'a field of the rule is not in the vendored schema: an object that uses it fails as an unknown field';

/** CEL rules of the vendored CRDs that no code stands for, by message, with the reason. A test holds this list and the rules against the CRDs. */
export const notApplicable: Readonly<Record<string, string>> = {
  'Value is immutable': 'compares with the object before: an output has none',
  'field is immutable': 'compares with the object before: an output has none',
  'Hostnames must be valid based on RFC-1123': 'the pattern of the schema is stricter',
  'Wildcards on hostnames must be the first label, and the rest of hostname must be valid based on RFC-1123': 'the pattern of the schema is stricter',
  "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']": 'the enum of the schema says the same',
  'Currently SlowStart is only supported for RoundRobin, LeastRequest, and BackendUtilization load balancers.': unvendored,
  'EndpointOverride is not supported for DynamicModule load balancers.': unvendored,
  'PreferLocal zone-aware routing is not currently supported for BackendUtilization load balancers. Only WeightedZones can be used with BackendUtilization.': unvendored,
  'PreferLocal zone-aware routing is not supported for ConsistentHash load balancers. Use weightedZones instead.': unvendored,
  'ZoneAware PreferLocal and WeightedZones cannot be specified together.': unvendored,
  'ZoneAware routing is not supported for DynamicModule load balancers.': unvendored,
  'admissionControl can only be used with HTTPRoute, GRPCRoute, Gateway, or ListenerSet targets': unvendored,
  'either compression or compressor can be set, not both': unvendored,
  'if authorization.rules.principal.jwt is used, jwt must be defined': unvendored,
  'limit fromMetadata is not supported for Local Rate Limits': unvendored,
  'mergeGateways and mergeBackends cannot both be enabled': unvendored,
  'only one of grpc or http can be specified': unvendored,
  'predictivePercent in preconnect policy only works with RoundRobin or Random load balancers': unvendored,
  'requestBuffer cannot be used together with httpUpgrade': unvendored,
  'response cost is not supported for Local Rate Limits': unvendored,
  'this policy can only have a targetRef.group of gateway.networking.k8s.io': unvendored,
  'this policy can only have a targetRef.kind of Gateway or ListenerSet': unvendored,
  'this policy can only have a targetRef.kind of Gateway/ListenerSet/HTTPRoute/GRPCRoute/TCPRoute': unvendored,
  'this policy can only have a targetRef.kind of Gateway/ListenerSet/HTTPRoute/GRPCRoute/TCPRoute/UDPRoute/TLSRoute': unvendored,
};
