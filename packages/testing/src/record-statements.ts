import pg from 'pg'

/** What is set on a connection, its tenant or how it plans, says nothing of the work that is done on it. */
const settings = 'select set_config('

/** What is sent by one call: statements that travel together are some. */
function textsOf(given: unknown): string[] {
  if (typeof given !== 'object' || given === null) return [String(given)]
  const texts: unknown = Reflect.get(given, 'texts')
  return Array.isArray(texts) ? texts.map(String) : [String(Reflect.get(given, 'text'))]
}

/** Listens to what every connection of this process sends, until it is stopped. */
export function recordStatements(): { take(): string[]; stop(): void } {
  const original = pg.Client.prototype.query
  let heard: string[] = []
  const listening = function (this: pg.Client, ...args: Parameters<typeof original>) {
    heard.push(...textsOf(args[0]).filter((text) => !text.startsWith(settings)))
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
