import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { FromServer, ToServer } from './messages.ts'

/** So many lines of its log are kept, to explain a failure. */
const keptLines = 50

/** What it says next; its exit code when it says nothing any more. */
async function nextMessage(child: ChildProcess): Promise<unknown> {
  const heard = new AbortController()
  try {
    const { signal } = heard
    const [message]: unknown[] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }),
    ])
    return message
  } finally {
    heard.abort()
  }
}

/** The process that serves the API while it is fuzzed. */
export class ApiProcess {
  readonly url: string
  readonly secrets: readonly string[]
  readonly #child: ChildProcess
  readonly #log: string[]

  private constructor(child: ChildProcess, log: string[], { url, secrets }: NonNullable<FromServer['ready']>) {
    this.url = url
    this.secrets = secrets
    this.#child = child
    this.#log = log
  }

  /** @throws when it does not start */
  static async start(): Promise<ApiProcess> {
    const child = fork(path.join(import.meta.dirname, 'server.ts'), {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const log: string[] = []
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface(stream).on('line', (line) => {
          log.push(line)
          if (log.length > keptLines) log.shift()
        })
    const message = await nextMessage(child)
    const ready = (message as FromServer | null)?.ready
    if (!ready) throw new Error(`the API did not start:\n${log.join('\n')}`)
    return new ApiProcess(child, log, ready)
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** @throws when the process has ended or says that it failed */
  async ask(question: ToServer): Promise<FromServer> {
    if (!this.isAlive) throw new Error(`the API has ended:\n${this.#log.join('\n')}`)
    this.#child.send(question)
    const message = await nextMessage(this.#child)
    const answer = message as FromServer | null
    if (typeof answer !== 'object' || answer === null || answer.failed !== undefined)
      throw new Error(`the API's process failed: ${answer?.failed ?? 'it ended'}\n${this.#log.join('\n')}`)
    return answer
  }

  /** What the log says of a request. */
  explain(requestId: string | undefined): string | undefined {
    return requestId === undefined ? undefined : this.#log.findLast((line) => line.includes(requestId))
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return
    const gone = once(this.#child, 'exit')
    await this.ask('stop')
    await gone
  }
}
