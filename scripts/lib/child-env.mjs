import path from 'node:path'

/** npm's own settings for `npm start` are not our children's; where packages come from is. */
const keptNpmSettings =
  /^npm_config_(registry|cache|cafile|ca|proxy|https_proxy|http_proxy|noproxy|strict_ssl|userconfig|store_dir)$/i

/**
 * The environment of every child: this Node first on PATH, nothing that phones home.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnv(env) {
  const kept = Object.entries(env).filter(([name]) => !/^npm_/i.test(name) || keptNpmSettings.test(name))
  const { THROUGHLINE_WRAPPER: _ours, INIT_CWD: _npms, ...rest } = Object.fromEntries(kept)
  return {
    ...rest,
    PATH: [path.dirname(process.execPath), env.PATH].filter(Boolean).join(path.delimiter),
    NEXT_TELEMETRY_DISABLED: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
    DO_NOT_TRACK: '1',
    // `prisma generate` needs no schema engine, but would try to download one
    PRISMA_SCHEMA_ENGINE_BINARY: env.PRISMA_SCHEMA_ENGINE_BINARY ?? '/bin/true',
  }
}

/** @param {NodeJS.ProcessEnv} env @param {string} dir */
export const withPath = (env, dir) => ({ ...env, PATH: [dir, env.PATH].filter(Boolean).join(path.delimiter) })
