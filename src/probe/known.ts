import { compareText } from '../model/object.ts';
import type { Divergence, ProbeRequest } from '../verify/outcome.ts';

/** What the models expect of a request, and what may answer for an aspect of it. */
export interface Expectation {
  /** The difference between nginx and the routes that the models predict. */
  readonly predicted: (request: ProbeRequest) => Pick<Divergence, 'aspects' | 'explainedBy'> | undefined;
  /** Codes of the findings that answer for aspects of a request; empty: none does. */
  readonly explain: (request: ProbeRequest, aspects: readonly string[]) => readonly string[];
}

export const responseHeader = 'response-header ';

/** Nothing but headers of the answer is expected to differ: its status has to be the same. */
export const isAboutHeaders = ({ aspects }: Pick<Divergence, 'aspects'>): boolean => aspects.every((aspect) => aspect.startsWith(responseHeader));

/** Another rule, another backend or another address upstream: anything in the answer may follow from it. */
const elsewhere = /^(?:backend|weights|path|host|refused|let-in|status|preflight|no-listener|redirect-(?:lost|added)|guard.*|request-header .*)$/u;

/** Predicted aspects from which an observed difference would follow. */
function causes(differs: string, predicted: readonly string[]): readonly string[] {
  const routed = predicted.filter((aspect) => elsewhere.test(aspect));
  if (differs.startsWith('header ')) {
    const named = predicted.filter((aspect) => aspect === `response-${differs}`);
    return named.length > 0 ? named : routed;
  }
  // A connection that is not taken was announced at most as a missing listener; a broken answer never was.
  if (differs.startsWith('failure ')) return predicted.filter((aspect) => aspect === 'no-listener');
  if (differs !== 'location') return routed;
  const locations = predicted.filter((aspect) => /^(?:location |redirect-)/u.test(aspect));
  return locations.length > 0 ? locations : routed;
}

/**
 * Codes of findings that announced a difference: the models must have predicted one for this very request, from which the observed one
 * follows. Certificates are in no model; findings about the certificate of the host answer for them. Empty as soon as one part of the
 * difference was not announced.
 */
export function knownCauses(request: ProbeRequest, differs: readonly string[], { predicted, explain }: Expectation): readonly string[] {
  const aspects = predicted(request)?.aspects ?? [];
  const codes = new Set<string>();
  for (const part of differs) {
    const wanted = part.startsWith('certificate') ? ['certificate'] : causes(part, aspects);
    const found = wanted.length === 0 ? [] : explain(request, wanted);
    if (found.length === 0) return [];
    for (const code of found) codes.add(code);
  }
  return [...codes].sort(compareText);
}
