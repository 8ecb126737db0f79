import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout: every path in these scripts starts here, wherever the command was typed. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * Where `npm start` keeps its data.
 * @param {Record<string, string | undefined>} env
 */
export const dataDirOf = (env) => path.resolve(root, env.DATA_DIR || '.data')

/** @param {string} at @param {string} name a command that a package of this workspace brings */
export const binOf = (at, name) => path.join(at, 'node_modules', '.bin', name)
