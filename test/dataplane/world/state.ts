/** What `run.sh` hands over. */
const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error('start the data planes with npm run test:dataplane');
  return value;
};

export const state = variable('GWMIGRATE_DATAPLANE');
export const controlPlane = variable('GWMIGRATE_CONTROL_PLANE');
const [gatewayApi = '', envoy = '', envoyGateway = '', traefik = ''] = variable('GWMIGRATE_VERSIONS').split(' ');
export const versions = { gatewayApi, envoy, envoyGateway, traefik } as const;

export const implementations = ['envoy-gateway', 'traefik'] as const;
export type Implementation = (typeof implementations)[number];

const present = new Set(variable('GWMIGRATE_DATAPLANE_PRESENT').split(' '));
export const isPresent = (implementation: Implementation): boolean => present.has(implementation);
