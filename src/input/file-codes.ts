import { defineCodes } from '../diagnostics/finding.ts';

/** What can be wrong with a file before anything in it is looked at. */
export const fileCodes = defineCodes({
  'input/cannot-open': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{file} cannot be read: {reason}.',
    why: 'The file system refused, so nothing in it was converted.',
    do: 'Check the path and its permissions, then run again; everything else was converted.',
  },
  'input/no-manifests': {
    fidelity: 'lost',
    risk: 'availability',
    what: 'The directory {directory} holds no .yaml, .yml or .json file.',
    why: 'As with kubectl, a directory is read without its subdirectories unless -R is given, and other extensions are passed over.',
    do: 'Add -R to read subdirectories, or name the files.',
  },
  'input/file-too-large': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{file} is larger than {limit} and was not read.',
    why: 'An input is held in memory as a whole, so its size is bounded.',
    do: 'Split it, for example by namespace, and pass the parts as several files.',
  },
  'input/not-text': {
    fidelity: 'lost',
    risk: 'availability',
    what: '{file} is not text.',
    why: 'Manifests are UTF-8, or UTF-16 with a byte order mark; these bytes are neither.',
    do: 'Unpack or re-encode the file, or leave it out of the input.',
  },
});
