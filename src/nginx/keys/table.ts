import { accessKeys } from './access.ts';
import type { KeyTable } from './define.ts';
import { processKeys } from './process.ts';
import { tlsKeys } from './tls.ts';
import { trafficKeys } from './traffic.ts';

/**
 * Every key that the controller reads from its ConfigMap, and what becomes of it.
 * Sources: the fields of Configuration in https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/config/config.go,
 * of Backend in internal/ingress/defaults/main.go, and the keys read in internal/ingress/controller/template/configmap.go beside them.
 */
export const controllerKeys: KeyTable = { ...accessKeys, ...trafficKeys, ...tlsKeys, ...processKeys };
