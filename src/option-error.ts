/** Options that contradict each other or name something that does not exist. */
export class OptionError extends Error {}
