// What `pg-cursor` takes from `pg` as well, and its types do not name.
declare module 'pg/lib/utils.js' {
  const utils: {
    /** A value as Postgres reads it from text; bytes stay bytes. @throws TypeError for what cannot become text */
    prepareValue(value: unknown): string | Buffer | null
  }
  export default utils
}
