import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout: every path in these scripts starts here, wherever the command was typed. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/** What an unchanged checkout need not do again; goes away together with node_modules. */
export const cacheDir = path.join(root, 'node_modules', '.cache', 'throughline')

/**
 * Where `npm start` keeps its data.
 * @param {Record<string, string | undefined>} env
 */
export const dataDirOf = (env) => path.resolve(root, env.DATA_DIR || '.data')

/** @param {string} name @param {string} [at] */
export const binOf = (name, at = root) => path.join(at, 'node_modules', '.bin', name)
