import type { Inventory } from '../../model/inventory.ts';

/** What is known beside the configuration: which keys Secrets have, and the ports of Services. Without it, what could be there is. */
export type Surroundings = Partial<Pick<Inventory, 'secrets' | 'services'>>;
