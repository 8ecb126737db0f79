// Several statements in one network flight: all are sent before the first is answered.
import type pg from 'pg'

/** What `pg` has and its types do not name yet. */
interface Pipelining {
  pipeline: boolean
  connection: { stream: { cork(): void; uncork(): void } }
}

const isPlain = (value: unknown): boolean => value === null || value === undefined || typeof value !== 'object'

/**
 * Sends the statements one behind the other and waits for all answers. Each is a statement of its own to the server:
 * inside a transaction the ones behind a failed one fail too, and a `commit` among them is answered with ROLLBACK.
 * Nothing else may use the connection until it resolves.
 * @returns the answers in order, failed ones as rejections; it never rejects once something was sent
 * @throws TypeError before anything is sent, when a value is not plain: what failed to become text here would leave a gap
 */
export async function inOneFlight(
  client: pg.PoolClient,
  statements: readonly pg.QueryConfig[],
): Promise<PromiseSettledResult<pg.QueryResult>[]> {
  if (!statements.every(({ values }) => values?.every(isPlain) ?? true))
    throw new TypeError('a statement of a flight takes texts, numbers, booleans and null')
  return settledTogether(client, () => statements.map((statement) => client.query(statement)))
}

/** Whatever `ask` asks of the connection before it returns goes out together. */
export async function settledTogether<T extends readonly Promise<unknown>[]>(client: pg.PoolClient, ask: () => T) {
  const wire = client as unknown as Pipelining
  const { stream } = wire.connection
  wire.pipeline = true
  try {
    stream.cork()
    let asked: T
    try {
      asked = ask()
    } finally {
      stream.uncork()
    }
    return await Promise.allSettled(asked)
  } finally {
    // COPY and cursors cannot share a connection that pipelines.
    wire.pipeline = false
  }
}

/** The answers of a flight in which nothing failed. @throws the first failure */
export function allAnswered<T>(answers: readonly PromiseSettledResult<T>[]): T[] {
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason
    return answer.value
  })
}
