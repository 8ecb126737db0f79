import type { Server } from '../processes.ts'

/** Two nodes: one serves, the other takes over when it is killed. */
export class Front {
  readonly #start: () => Promise<Server>
  #serving: Server
  #standby: Server

  private constructor(start: () => Promise<Server>, [serving, standby]: [Server, Server]) {
    this.#start = start
    this.#serving = serving
    this.#standby = standby
  }

  static async open(start: () => Promise<Server>): Promise<Front> {
    return new Front(start, await Promise.all([start(), start()]))
  }

  get url(): string {
    return this.#serving.url
  }

  async kill(): Promise<void> {
    const killed = this.#serving
    this.#serving = this.#standby
    await killed.kill()
  }

  /** Puts another node behind the one that serves. */
  async refill(): Promise<void> {
    this.#standby = await this.#start()
  }
}
