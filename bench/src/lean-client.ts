// A client that costs little of the cores that it shares with what it measures: answers are counted and thrown away, of
// their headers it reads the status and the length. Node's own client takes 0.3 ms of a core a request.
import net from 'node:net'

export interface Call {
  /** The kind that it is counted under. */
  kind: string
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  headers: Record<string, string>
  body?: string
}

/** Sockets that are open at once; what comes when all are busy waits its turn, and its time runs. */
const maxSockets = 512
const headersEnd = Buffer.from('\r\n\r\n')
const nothing = Buffer.alloc(0)
/** What has just arrived on whichever line: looked at before the next is read. */
const arrived = Buffer.alloc(64 * 1024)

interface Waiting {
  call: Call
  answered: (status: number) => void
}

/** One connection that is kept open, one request at a time. */
class Line {
  readonly #socket: net.Socket
  readonly #isFree: () => void
  #answered: ((status: number) => void) | undefined
  #status = 0
  /** Bytes of the body that are still to come; undefined until the headers are there. */
  #left: number | undefined
  #headers: Buffer = nothing

  /** @param isFree told whenever the next request may be sent @param isGone told when it is closed */
  constructor(port: number, host: string, isFree: () => void, isGone: () => void) {
    this.#isFree = isFree
    const callback = (length: number) => {
      this.#read(arrived.subarray(0, length))
      return true
    }
    this.#socket = net.connect({ port, host, noDelay: true, onread: { buffer: arrived, callback } })
    this.#socket.on('error', () => {
      // `close` follows, and whoever waits is told then.
    })
    this.#socket.on('close', () => {
      isGone()
      this.#answered?.(0)
    })
  }

  send(host: string, { call, answered }: Waiting): void {
    this.#answered = answered
    const fields = Object.entries(call.headers).map(([name, value]) => `${name}: ${value}\r\n`)
    this.#socket.write(
      `${call.method} ${call.path} HTTP/1.1\r\nhost: ${host}\r\n${fields.join('')}\r\n${call.body ?? ''}`,
    )
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(bytes: Buffer): void {
    if (this.#left === undefined) this.#readHeaders(bytes)
    else this.#left -= bytes.length
    if (this.#left === 0) this.#end()
    else if (this.#left !== undefined && this.#left < 0) this.close()
  }

  #readHeaders(bytes: Buffer): void {
    const soFar = this.#headers.length === 0 ? bytes : Buffer.concat([this.#headers, bytes])
    const end = soFar.indexOf(headersEnd)
    if (end < 0) {
      this.#headers = Buffer.from(soFar)
      return
    }
    const head = soFar.toString('latin1', 0, end)
    this.#status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
    // An answer of unknown length is none of those that are measured here.
    if (length === undefined && this.#status !== 204) this.close()
    else this.#left = Number(length ?? 0) - (soFar.length - end - headersEnd.length)
  }

  #end(): void {
    const answered = this.#answered
    this.#answered = undefined
    this.#left = undefined
    this.#headers = nothing
    answered?.(this.#status)
    this.#isFree()
  }
}

/** Sends each call over a connection that is free. */
export class LeanClient {
  readonly #base: URL
  readonly #free: Line[] = []
  readonly #lines = new Set<Line>()
  readonly #waiting: Waiting[] = []

  constructor(url: string) {
    this.#base = new URL(url)
  }

  /** @returns the status; 0 when there was no answer, or none with a length */
  send(call: Call): Promise<number> {
    return new Promise((answered) => {
      const waiting = { call, answered }
      const line = this.#free.pop() ?? (this.#lines.size < maxSockets ? this.#open() : undefined)
      if (line) line.send(this.#base.host, waiting)
      else this.#waiting.push(waiting)
    })
  }

  close(): void {
    for (const line of this.#lines) line.close()
  }

  #open(): Line {
    const line: Line = new Line(
      Number(this.#base.port),
      this.#base.hostname,
      () => {
        const next = this.#waiting.shift()
        if (next) line.send(this.#base.host, next)
        else this.#free.push(line)
      },
      () => {
        this.#lines.delete(line)
        const at = this.#free.indexOf(line)
        if (at >= 0) this.#free.splice(at, 1)
        const next = this.#waiting.shift()
        if (next) this.#open().send(this.#base.host, next)
      },
    )
    this.#lines.add(line)
    return line
  }
}
