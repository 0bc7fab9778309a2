/** Which Ingresses belong to the controller being left. */
export interface Selection {
  /** --ingress-class: class names that count as this controller's; empty: `nginx` and classes whose IngressClass names the controller. */
  readonly ingressClasses: readonly string[];
  /** --all-classes: convert every Ingress, whatever its class. */
  readonly allClasses: boolean;
}
