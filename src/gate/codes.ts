import { defineCodes } from '../diagnostics/finding.ts';

export const codes = defineCodes({
  'acceptance/unused': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Nothing of this input needs the acceptance {acceptance}.',
    why: 'No finding of that code concerns that place, for example because the loss is gone or the object has another name.',
    do: 'Delete it, so that it cannot cover a new loss unnoticed; or correct the object it names.',
  },
  'acceptance/unknown-code': {
    fidelity: 'exact',
    risk: 'none',
    what: 'The acceptance {acceptance} names a code that does not exist{hint}.',
    why: 'Losses are accepted one by one, by the codes that reports print; anything else accepts nothing.',
    do: 'Correct the code; `gwmigrate explain --list` prints them all.',
  },
  'acceptance/expired': {
    fidelity: 'exact',
    risk: 'none',
    what: 'The acceptance {acceptance} ended with {expires} and accepts nothing any more.',
    why: 'It was given until that day only, so the loss counts again, and a rule that it had opened is closed.',
    do: 'Solve what it stood for, or decide again and give it a later day.',
  },
  'acceptance/invalid': {
    fidelity: 'exact',
    risk: 'none',
    what: '{annotation} holds {value}, which accepts nothing.',
    why: 'The value is a list of finding codes, separated by commas, each optionally followed by `until YYYY-MM-DD`.',
    do: 'Write the codes as reports print them, such as basic-auth/lost until 2027-01-31.',
  },
  'baseline/unused': {
    fidelity: 'exact',
    risk: 'none',
    what: 'Entries of the baseline that no finding needs any more: {count} ({examples}).',
    why: 'What they stood for is solved, accepted by name, or not part of this input.',
    do: 'Run again with --update-baseline on the whole input, so that the same loss counts when it comes back.',
  },
  'baseline/expired': {
    fidelity: 'exact',
    risk: 'none',
    what: 'The baseline held {code} until {expires}: it counts again.',
    why: 'Its entry says how long it may wait, and that day is over.',
    do: 'Solve it, or give the entry a later day.',
  },
});

