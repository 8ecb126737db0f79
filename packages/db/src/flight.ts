/// <reference path="./pg-utils.d.ts" />
// Statements that travel as one: sent together, with one Sync behind the last, answered together.
import type pg from 'pg'
import utils from 'pg/lib/utils.js'
import { Described, heardOn, noRows, type RowStyle } from './described.ts'

export type Query = pg.QueryConfig & RowStyle

/** The part of `pg`'s connection that speaks the extended protocol; its types are of another age. */
interface Wire {
  stream: { cork(): void; uncork(): void }
  parsedStatements: Record<string, string | undefined>
  parse(message: { name: string; text: string }): void
  bind(message: { statement: string; values: (string | Buffer | null)[] }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: object): void
  sync(): void
  sendCopyFail(reason: string): void
}

/** One statement of a flight: what is sent of it, and what came back. */
class Leg {
  readonly query: Query
  readonly #values: (string | Buffer | null)[]
  readonly result: pg.QueryResult = { command: '', rowCount: null, oid: 0, fields: [], rows: [] }
  /** What its rows are made of; it is asked for where the connection has not heard it. */
  described: Described | undefined

  /** @throws TypeError for a value that cannot become text: before anything is sent */
  constructor(query: Query) {
    this.query = query
    this.#values = (query.values ?? []).map(utils.prepareValue)
  }

  get name(): string {
    return this.query.name ?? ''
  }

  send(wire: Wire, isParsed: boolean): void {
    if (!isParsed) wire.parse({ name: this.name, text: this.query.text })
    wire.bind({ statement: this.name, values: this.#values })
    this.described = this.name ? heardOn(wire).get(this.name) : undefined
    if (!this.described) wire.describe({ type: 'P', name: '' })
    wire.execute({})
  }

  /** @param tag as the server says it: `INSERT 0 3`, `SELECT 12`, `COMMIT` */
  complete(tag: string, wire: Wire): void {
    const [command = '', ...numbers] = tag.split(' ')
    const count = numbers.at(-1)
    this.result.command = command
    this.result.rowCount = count === undefined || !/^\d+$/.test(count) ? null : Number(count)
    this.described ??= noRows
    this.result.fields = this.described.fields
    if (this.name) heardOn(wire).set(this.name, this.described)
  }
}

/**
 * What `pg` is given to run, by the interface that cursors and COPY streams use. With one Sync for all, whatever is behind
 * a failed statement is skipped by the server, also where no transaction was begun: all of them are one then. The server
 * writes its answers once and not a statement at a time.
 */
class Flight {
  readonly #legs: Leg[]
  readonly #types: pg.CustomTypesConfig
  readonly #done = Promise.withResolvers<pg.QueryResult[]>()
  #at = 0
  #unreadable: unknown

  constructor(queries: readonly Query[], types: pg.CustomTypesConfig) {
    this.#legs = queries.map((query) => new Leg(query))
    this.#types = types
  }

  get done(): Promise<pg.QueryResult[]> {
    return this.#done.promise
  }

  /** Of the statement that is being answered: `pg` notes by them what a connection has prepared. */
  get name(): string {
    return this.#leg?.name ?? ''
  }
  get text(): string {
    return this.#leg?.query.text ?? ''
  }

  /** Of all statements. */
  get texts(): string[] {
    return this.#legs.map(({ query }) => query.text)
  }

  get #leg(): Leg | undefined {
    return this.#legs[this.#at]
  }

  submit(wire: Wire): void {
    const parsed = new Set<string>()
    wire.stream.cork()
    try {
      for (const leg of this.#legs) {
        leg.send(wire, leg.name !== '' && (parsed.has(leg.name) || wire.parsedStatements[leg.name] !== undefined))
        parsed.add(leg.name)
      }
      wire.sync()
    } finally {
      wire.stream.uncork()
    }
  }

  handleRowDescription({ fields }: { fields: pg.FieldDef[] }): void {
    if (this.#leg) this.#leg.described = new Described(fields)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const leg = this.#leg
    if (!leg?.described || this.#unreadable) return
    try {
      leg.result.rows.push(leg.described.toRow(fields, leg.query, this.#types))
    } catch (error) {
      this.#unreadable = error
    }
  }

  handleCommandComplete({ text }: { text: string }, wire: Wire): void {
    this.#leg?.complete(text, wire)
    this.#at += 1
  }

  handleEmptyQuery(wire: Wire): void {
    this.#leg?.complete('', wire)
    this.#at += 1
  }

  /** The last that is heard of a flight in which a statement failed. */
  handleError(error: unknown): void {
    this.#done.reject(error)
  }

  handleReadyForQuery(): void {
    if (this.#unreadable) this.#done.reject(this.#unreadable)
    else this.#done.resolve(this.#legs.map(({ result }) => result))
  }

  handleCopyInResponse(wire: Wire): void {
    wire.sendCopyFail('nothing is copied in a flight')
  }

  handleCopyData(): void {
    // COPY … TO STDOUT has streams of its own: here it is a mistake, and its rows go nowhere.
  }
}

/**
 * Sends the statements one behind the other and waits for all answers. Those behind a failed one are not run, so a COMMIT
 * is not either: the transaction waits for its ROLLBACK.
 * @returns the answers in order
 * @throws the failure of the first that failed; TypeError before anything is sent, for a value that cannot become text
 */
export async function inOneFlight(client: pg.PoolClient, queries: readonly Query[]): Promise<pg.QueryResult[]> {
  const flight = new Flight(queries, client)
  client.query(flight as unknown as pg.Submittable)
  try {
    return await flight.done
  } catch (error) {
    // As `pg` does: the way back leads to whoever asked, and not to the socket.
    if (error instanceof Error) Error.captureStackTrace(error)
    throw error
  }
}

export function onlyOne<T>([one]: readonly T[]): T {
  if (one === undefined) throw new Error('a flight of one statement has one answer')
  return one
}
