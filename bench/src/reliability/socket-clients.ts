import { setTimeout } from 'node:timers/promises'
import { dealView } from '@throughline/contracts'
import type { TestTenant } from '@throughline/testing'
import { io, type Socket } from 'socket.io-client'
import type { Server } from '../processes.ts'
import { ask, signInAs } from './calls.ts'

export interface Opening {
  token?: string | undefined
  namespace?: string
  headers?: Record<string, string>
}

export const openSocket = (api: Server, { token, namespace = '', headers = {} }: Opening): Socket =>
  io(`${api.url}${namespace}`, {
    path: '/socket.io',
    addTrailingSlash: false,
    transports: ['websocket'],
    auth: token === undefined ? {} : { token },
    extraHeaders: headers,
    reconnection: false,
    forceNew: true,
  })

/** @returns whether the door stayed shut */
export async function isRefused(api: Server, opening: Opening): Promise<boolean> {
  const socket = openSocket(api, opening)
  const refused = await new Promise<boolean>((resolve) => {
    socket.once('connect_error', () => resolve(true))
    socket.once('ready', () => resolve(false))
  })
  socket.close()
  return refused
}

/** @throws Error when the door is shut */
export async function enter(api: Server, token: string): Promise<Socket> {
  const socket = openSocket(api, { token })
  await new Promise<void>((resolve, reject) => {
    socket.once('ready', resolve)
    socket.once('connect_error', reject)
  })
  return socket
}

export const isGone = (socket: Socket): Promise<true> =>
  new Promise((resolve) => {
    if (socket.disconnected) resolve(true)
    socket.once('disconnect', () => resolve(true))
  })

const patienceMs = 5_000

/** Somebody who only works: makes deals and hears of them. */
export class HonestClient {
  readonly heard = new Set<string>()
  readonly #made: string[] = []
  readonly #api: Server
  readonly #token: string
  readonly #socket: Socket

  private constructor(api: Server, token: string, socket: Socket) {
    this.#api = api
    this.#token = token
    this.#socket = socket
    socket.on('event', ({ data }: { data: { dealId?: string } }) => void (data.dealId && this.heard.add(data.dealId)))
  }

  static async of(api: Server, tenant: TestTenant): Promise<HonestClient> {
    const token = await signInAs(api, tenant)
    return new HonestClient(api, token, await enter(api, token))
  }

  get token(): string {
    return this.#token
  }

  /** @returns whether it made a deal and heard of it on the socket that it has had from the start */
  async isServed(): Promise<boolean> {
    const title = `Honest ${this.#made.length}`
    const { text } = await ask(this.#api, { token: this.#token, path: '/tenant/v1/deals', body: { title } })
    const { id } = dealView.parse(JSON.parse(text))
    this.#made.push(id)
    for (const giveUpAt = Date.now() + patienceMs; Date.now() < giveUpAt; await setTimeout(10))
      if (this.heard.has(id)) return this.#socket.connected
    return false
  }

  /** @returns whether it heard of its own deals and of no other */
  hasHeardOnlyItsOwn(): boolean {
    return this.heard.size === this.#made.length && this.#made.every((id) => this.heard.has(id))
  }

  close(): void {
    this.#socket.close()
  }
}
