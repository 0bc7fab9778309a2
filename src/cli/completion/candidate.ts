/** What a cluster, or a kubeconfig, has names for. */
export type ClusterThing = 'ingress' | 'namespace' | 'context' | 'cluster' | 'user';

export interface Candidate {
  readonly value: string;
  readonly description: string;
}
