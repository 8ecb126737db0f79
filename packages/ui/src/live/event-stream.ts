// Numbered events, each delivered once and in order, whatever the socket loses on its way.
import type { EventView } from '@throughline/contracts'

export interface EventStreamOptions {
  /** Reads what came after a number. */
  fetchAfter(seq: number): Promise<{ data: EventView[]; lastSeq: number }>
  deliver(event: EventView): void
  onError(error: unknown): void
}

export class EventStream {
  readonly #options: EventStreamOptions
  #lastSeq: number | undefined
  #line: Promise<void> = Promise.resolve()

  constructor(options: EventStreamOptions) {
    this.#options = options
  }

  /** The number up to which the page already knows everything. */
  startAt(seq: number): void {
    this.#lastSeq ??= seq
  }

  /** From the socket. */
  receive(event: EventView): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#lastSeq !== undefined && event.seq > this.#lastSeq + 1) await this.#catchUp()
      this.#deliver(event)
    })
  }

  /** After every (re)connection: something may have happened in between. */
  reconnected(): Promise<void> {
    return this.#inTurn(() => this.#catchUp())
  }

  async #catchUp(): Promise<void> {
    for (;;) {
      if (this.#lastSeq === undefined) return
      const { data, lastSeq } = await this.#options.fetchAfter(this.#lastSeq)
      for (const event of data) this.#deliver(event)
      if (data.length === 0 || this.#lastSeq >= lastSeq) return
    }
  }

  #deliver(event: EventView): void {
    if (this.#lastSeq !== undefined && event.seq <= this.#lastSeq) return
    this.#lastSeq = event.seq
    this.#options.deliver(event)
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#line = this.#line.then(work).catch((error: unknown) => this.#options.onError(error))
    return this.#line
  }
}
