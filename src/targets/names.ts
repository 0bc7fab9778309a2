/** Names of the targets, apart from their code so that the command line needs none of it to start. */
export const targetNames = ['standard', 'envoy-gateway'] as const;

export type TargetName = (typeof targetNames)[number];
