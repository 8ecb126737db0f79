// Calls every operation of the document again and again, and keeps what was wrong with the answers.
import fc from 'fast-check'
import { ApiProcess } from './api-process.ts'
import { brokenRequest, complaintsOfBytes, sendBytes } from './broken-http.ts'
import { type Call, type Caller, callers, callsOf } from './calls.ts'
import { type ApiDocument, type Operation, operationsOf, schemaAt } from './document.ts'
import { type Complaint, compiler, complaintsOf } from './judge.ts'
import { Memory } from './memory.ts'
import { type Answer, Client } from './send.ts'

export interface Failure {
  operation: string
  kind: string
  detail: string
  /** Of the round: `--seed` of the run makes it again. */
  seed: number
  /** The smallest call that was answered so. */
  example: string
  /** What the API's log said of it. */
  log?: string
}

export interface Figures {
  seed: number
  operations: number
  /** Operations that no call got anything but a refusal from: nothing was there to work on. */
  neverSucceeded: string[]
  calls: number
  /** Calls by status; `cut off` are those that the API closed on while more than 1 MB was on its way. */
  byStatus: Record<string, number>
  failures: Failure[]
  heapMiB: { before: number; after: number }
  residentMiB: { before: number; after: number }
  seconds: number
}

/** The heap may hold so much more at the end than after the first round, both after a collection. */
export const allowedGrowthMiB = 64
const callsPerVisit = 10
/** Rounds that the same firm lives through. */
const roundsPerFirm = 2
const shortLength = 600

class Complained extends Error {
  readonly complaint: Complaint
  readonly example: string
  readonly log: string | undefined

  constructor(complaint: Complaint, example: string, log?: string) {
    super(complaint.kind)
    this.complaint = complaint
    this.example = example
    this.log = log
  }
}

const short = (text: string): string =>
  text.length > shortLength ? `${text.slice(0, shortLength)}… (${text.length})` : text

function describe({ caller, method, url, headers, body }: Call): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${short(value)}`)
  const sent = body ? [`content-type: ${body.type}`, short(body.bytes().toString('utf8'))] : []
  return [`${caller}: ${method} ${short(url)}`, ...lines, ...sent].join('\n')
}

const bodyOf = ({ status, text }: Answer): unknown => {
  if (status !== 200 && status !== 201 && status !== 202) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined // a file; the judge knows which answers have to be JSON
  }
}

class Run {
  readonly #api: ApiProcess
  readonly #client: Client
  readonly #document: ApiDocument
  readonly #judging: Parameters<typeof complaintsOf>[3]
  readonly #memory = new Memory()
  #tokens: Record<string, string> = {}
  readonly #refused = new Map<string, Set<Caller>>()
  readonly succeeded = new Set<string>()
  readonly byStatus: Record<string, number> = {}
  readonly failures: Failure[] = []
  calls = 0

  constructor(api: ApiProcess, document: ApiDocument) {
    this.#api = api
    this.#client = new Client(api.url)
    this.#document = document
    this.#judging = { validate: compiler(document), secrets: api.secrets }
  }

  #count(status: string): void {
    this.calls += 1
    this.byStatus[status] = (this.byStatus[status] ?? 0) + 1
  }

  async signIn(how: 'people' | 'sessions'): Promise<void> {
    this.#tokens = (await this.#api.ask(how)).tokens ?? {}
  }

  /** Whom the operation has not turned away so far: most calls should get past the guard. */
  #somebody(operation: Operation): Caller {
    const refused = this.#refused.get(operation.name)
    return callers.find((caller) => !refused?.has(caller)) ?? 'owner'
  }

  #learn(operation: Operation, { caller, method }: Call, answer: Answer): void {
    if (method !== operation.method) return
    if (answer.status === 403)
      this.#refused.set(operation.name, (this.#refused.get(operation.name) ?? new Set()).add(caller))
    if (answer.status >= 200 && answer.status < 300) this.succeeded.add(operation.name)
    this.#memory.learn(operation.path, bodyOf(answer))
  }

  async #call(operation: Operation, wanted: Call): Promise<Complaint[]> {
    const call = wanted.caller === 'somebody' ? { ...wanted, caller: this.#somebody(operation) } : wanted
    this.#memory.turn()
    const token = this.#tokens[call.caller]
    const answer = await this.#client.send(call, token)
    if (answer.status === -1) return []
    this.#count(answer.status === 0 ? 'cut off' : String(answer.status))
    // The calls end sessions and switch people off, as they may.
    if (answer.status === 401 && token !== undefined && call.headers.authorization === undefined)
      await this.signIn('sessions')
    this.#learn(operation, call, answer)
    return complaintsOf(operation, call, answer, this.#judging)
  }

  /** Until so many runs have passed: a fault that is known already does not hide the next one. */
  async #check<T>(
    name: string,
    { seed, runs, values }: { seed: number; runs: number; values: fc.Arbitrary<T> },
    attempt: (value: T) => Promise<{ complaints: Complaint[]; example: () => string }>,
  ): Promise<void> {
    const known = new Set(this.failures.filter(({ operation }) => operation === name).map(({ kind }) => kind))
    for (let left = runs; left > 0; ) {
      const result = await fc.check(
        fc.asyncProperty(values, async (value) => {
          const { complaints, example } = await attempt(value)
          const complaint = complaints.find(({ kind }) => !known.has(kind))
          if (!complaint) return
          const requestId = complaint.detail.match(/"requestId":"([^"]+)"/)?.[1]
          throw new Complained(complaint, example(), this.#api.explain(requestId))
        }),
        { seed, numRuns: left },
      )
      if (!result.failed) return
      const { errorInstance: error } = result
      if (!(error instanceof Complained)) throw error
      const { kind, detail } = error.complaint
      known.add(kind)
      const log = error.log === undefined ? {} : { log: short(error.log) }
      this.failures.push({ operation: name, kind, detail: short(detail), seed, example: error.example, ...log })
      left -= Math.max(1, result.numRuns)
    }
  }

  async visit(operation: Operation, seed: number, runs: number): Promise<void> {
    const making = { schemaAt: (ref: string) => schemaAt(this.#document, ref), memory: this.#memory }
    await this.#check(operation.name, { seed, runs, values: callsOf(making, operation) }, async (call) => ({
      complaints: await this.#call(operation, call),
      example: () => describe(call),
    }))
    await this.#checkAlive(operation.name, seed)
  }

  async visitBroken(seed: number, runs: number): Promise<void> {
    const url = new URL(this.#api.url)
    await this.#check('no HTTP', { seed, runs, values: brokenRequest }, async (bytes) => {
      const { status, complaints } = complaintsOfBytes(bytes, await sendBytes(url, bytes))
      this.#count(status === 0 ? 'closed' : String(status))
      return { complaints, example: () => short(bytes) }
    })
    await this.#checkAlive('no HTTP', seed)
  }

  async #checkAlive(operation: string, seed: number): Promise<void> {
    const call: Call = { caller: 'nobody', method: 'GET', url: '/health/live', headers: {}, body: undefined }
    const { status, broken } = await this.#client.send(call, undefined)
    if (status === 200) return
    const detail = broken ?? `status ${status}`
    this.failures.push({ operation, kind: '/health/live does not answer', detail, seed, example: '' })
  }

  close(): void {
    this.#client.close()
  }
}

/** Makes at least `calls` calls against an API that it starts itself; everything about them but ids comes from `seed`. */
export async function fuzz(
  { calls, seed }: { calls: number; seed: number },
  say: (line: string) => void,
): Promise<Figures> {
  const began = Date.now()
  const api = await ApiProcess.start()
  try {
    const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as ApiDocument
    const operations = operationsOf(document)
    const run = new Run(api, document)
    const memory = async () => (await api.ask('memory')).memory ?? { heapMiB: 0, residentMiB: 0 }
    let before: Awaited<ReturnType<typeof memory>> | undefined
    const runs = Math.max(1, Math.min(callsPerVisit, Math.ceil(calls / (operations.length + 1))))
    for (let round = 0; run.calls < calls; round++) {
      if (round % roundsPerFirm === 0) await run.signIn('people')
      const roundSeed = seed + round * 10_000
      for (const [index, operation] of operations.entries()) await run.visit(operation, roundSeed + index, runs)
      await run.visitBroken(roundSeed + operations.length, runs)
      before ??= await memory()
      say(`${run.calls} calls, ${run.failures.length} failures`)
    }
    const after = await memory()
    run.close()
    const { heapMiB, residentMiB } = before ?? after
    return {
      seed,
      operations: operations.length,
      neverSucceeded: operations.map(({ name }) => name).filter((name) => !run.succeeded.has(name)),
      calls: run.calls,
      byStatus: Object.fromEntries(Object.entries(run.byStatus).sort(([a], [b]) => a.localeCompare(b))),
      failures: run.failures,
      heapMiB: { before: heapMiB, after: after.heapMiB },
      residentMiB: { before: residentMiB, after: after.residentMiB },
      seconds: (Date.now() - began) / 1000,
    }
  } finally {
    await api.stop()
  }
}
