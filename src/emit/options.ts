import type { Finding } from '../diagnostics/finding.ts';
import type { Service } from '../model/inventory.ts';

/** How the Gateways of the output are named and laid out. */
export interface EmitOptions {
  /** Name (and namespace) the user gave; undefined: `shared-gateway` in the only namespace of the rules, or in `gateway-system`. */
  readonly gateway: { readonly namespace?: string | undefined; readonly name: string } | undefined;
  readonly gatewayClass: string | undefined;
  readonly layout: 'shared';
  /** Routes only: the Gateway exists already. */
  readonly existingGateway: boolean;
  /** The input names no namespace at all: the output names none either. */
  readonly omitNamespace: boolean;
  /** The Service of ingress-nginx, if the input holds it. */
  readonly controllerService?: Service | undefined;
  /** Losses the user accepted by name; without it none is. */
  readonly accepted?: (finding: Finding) => boolean;
}

/** Name of the Gateway when the user gives none. */
export const defaultGatewayName = 'shared-gateway';
