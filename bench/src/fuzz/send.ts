import http from 'node:http'
import type { Call } from './calls.ts'

export interface Answer {
  /** 0 when there was none, -1 when the call could not even be sent. */
  status: number
  headers: http.IncomingHttpHeaders
  text: string
  /** Why there was no answer. */
  broken?: string
}

const patienceMs = 30_000

const textOf = async (response: http.IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = []
  for await (const piece of response) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces).toString('utf8')
}

/** Speaks HTTP to one server, over connections that are used again. */
export class Client {
  readonly #url: URL
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 4 })

  constructor(url: string) {
    this.#url = new URL(url)
  }

  /** Sends what the call says, also where no honest client would. Never throws: no answer is an answer too. */
  send({ method, url, headers, body }: Call, bearer: string | undefined): Promise<Answer> {
    const bytes = body?.bytes()
    const type = body?.type === undefined ? {} : { 'content-type': body.type }
    const length = bytes === undefined ? {} : { 'content-length': String(bytes.length) }
    const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
    return new Promise((resolve) => {
      const none = (broken: string) => resolve({ status: 0, headers: {}, text: '', broken })
      try {
        const request = http.request({
          agent: this.#agent,
          host: this.#url.hostname,
          port: this.#url.port,
          method,
          path: url,
          headers: { ...type, ...length, ...authorization, ...headers },
          timeout: patienceMs,
        })
        request.on('response', (response) => {
          textOf(response).then(
            (text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
            (error: Error) => none(error.message),
          )
        })
        request.on('timeout', () => request.destroy(new Error(`no answer within ${patienceMs} ms`)))
        request.on('error', (error) => none(error.message))
        request.end(bytes)
      } catch (error) {
        resolve({ status: -1, headers: {}, text: '', broken: String(error) })
      }
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}
