import pg from 'pg'

/** What is set on a connection when it changes hands says nothing of the work that is done on it. */
const bindings = "select set_config('app.tenant_id'"

/** Listens to what every connection of this process sends, until it is stopped. */
export function recordStatements(): { take(): string[]; stop(): void } {
  const original = pg.Client.prototype.query
  let heard: string[] = []
  const listening = function (this: pg.Client, ...args: Parameters<typeof original>) {
    const given: unknown = args[0]
    const text = typeof given === 'object' && given !== null ? Reflect.get(given, 'text') : given
    if (!String(text).startsWith(bindings)) heard.push(String(text))
    return original.apply(this, args)
  }
  pg.Client.prototype.query = listening as typeof original
  return {
    /** The statements since the last call, in their order. */
    take() {
      const statements = heard
      heard = []
      return statements
    },
    stop() {
      pg.Client.prototype.query = original
    },
  }
}
