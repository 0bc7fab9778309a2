import type { Inventory } from '../../model/inventory.ts';
import type { EffectiveConfiguration } from '../../nginx/configuration.ts';
import type { ProbeOutcome, ProbeRequest } from '../outcome.ts';
import { controllerHeaders } from './controller-headers.ts';
import { customHeaders } from './custom-headers.ts';
import { evaluateNginx } from './evaluate.ts';
import { implicitHeaders } from './implicit-headers.ts';
import { passThrough } from './passthrough.ts';
import type { Place } from './place.ts';

/** @param other what the other side answers: some headers are compared only where it touches them. @param at who would answer, in place of those that nginx chooses */
export type NginxAnswers = (request: ProbeRequest, other: ProbeOutcome, at?: Place) => ProbeOutcome;

/** What ingress-nginx answers, with everything that surrounds its locations: TLS handed on unopened, and headers that the configuration only names. */
export function nginxAnswers(configuration: EffectiveConfiguration, inventory: Pick<Inventory, 'configMaps' | 'secrets' | 'services'>): NginxAnswers {
  const unopened = passThrough(configuration);
  const withHeaders = customHeaders(configuration, inventory.configMaps);
  const withCommonHeaders = controllerHeaders(configuration.settings, inventory.configMaps);
  const withImplicit = implicitHeaders(configuration.settings);
  return (request, other, at) =>
    (at === undefined ? unopened(request) : undefined) ?? withImplicit(request, withHeaders(request, withCommonHeaders(evaluateNginx(configuration, request, inventory, at)), at), other);
}
