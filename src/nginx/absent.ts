import { aboutAnnotation, raise, type Finding } from '../diagnostics/finding.ts';
import type { Ingress, IngressBackend } from '../model/ingress.ts';
import type { Inventory } from '../model/inventory.ts';
import { objectKey } from '../model/object.ts';
import { codes } from './absent-codes.ts';
import type { IngressFacts } from './facts.ts';
import { listOf, nameOf } from './naming.ts';
import { splitReference } from './reader.ts';

/** Annotations that name a Secret; whether one is used at all is said elsewhere where it is not. */
const secretAnnotations = ['auth-secret', 'auth-tls-secret', 'proxy-ssl-secret'] as const;

function backendsOf({ defaultBackend, rules }: Ingress): readonly IngressBackend[] {
  return [...(defaultBackend === undefined ? [] : [defaultBackend]), ...rules.flatMap(({ paths }) => paths.map(({ backend }) => backend))];
}

function absentServices({ ingress }: IngressFacts, { services }: Inventory): readonly Finding[] {
  const { namespace } = ingress.ref;
  const told = new Set<string>();
  return backendsOf(ingress).flatMap((backend): readonly Finding[] => {
    if (backend.kind !== 'service' || told.has(backend.service) || !services.isAbsent(objectKey(namespace, backend.service))) return [];
    told.add(backend.service);
    const args = { service: nameOf({ namespace, name: backend.service }), ingress: nameOf(ingress.ref) };
    return [raise(codes, 'absent/service', { object: ingress.ref, origin: backend.origin }, args)];
  });
}

function absentCertificates({ ingress }: IngressFacts, { secrets }: Inventory): readonly Finding[] {
  const { namespace } = ingress.ref;
  return ingress.tls.flatMap(({ secretName: name, hosts, origin }): readonly Finding[] => {
    if (name === '' || !secrets.isAbsent(objectKey(namespace, name))) return [];
    const args = { secret: nameOf({ namespace, name }), ingress: nameOf(ingress.ref), hosts: hosts.length === 0 ? 'its hosts' : listOf(hosts) };
    return [raise(codes, 'absent/certificate', { object: ingress.ref, origin }, args)];
  });
}

function absentSecrets({ ingress, reader, denial, hostFault }: IngressFacts, { secrets }: Inventory): readonly Finding[] {
  if (denial !== undefined || hostFault !== undefined) return [];
  return secretAnnotations.flatMap((name): readonly Finding[] => {
    const text = name === 'auth-secret' && reader.text('auth-type') === '' ? '' : reader.text(name);
    const reference = splitReference(text);
    if (reference === undefined || reference.name === '') return [];
    const namespace = reference.namespace === '' ? ingress.ref.namespace : reference.namespace;
    if (!secrets.isAbsent(objectKey(namespace, reference.name))) return [];
    const annotation = reader.key(name);
    return [raise(codes, 'absent/secret', aboutAnnotation(ingress, annotation), { annotation, secret: nameOf({ namespace, name: reference.name }) })];
  });
}

/** What an Ingress refers to although it is known not to exist. What could not be listed is not known. */
export function sayAbsent(facts: IngressFacts, inventory: Inventory, findings: Finding[]): void {
  findings.push(...absentServices(facts, inventory), ...absentCertificates(facts, inventory), ...absentSecrets(facts, inventory));
}
