// Which funds this tab shows: their rooms are joined when the socket is there, and again after each new connection.

export interface Say {
  join(fundId: string): Promise<void>
  leave(fundId: string): void
}

export class FundRooms {
  /** How many parts of the page show a fund. */
  readonly #shown = new Map<string, number>()
  #say: Say | undefined

  /** The socket is there: the rooms of all funds that are shown are joined. */
  async opened(say: Say): Promise<void> {
    this.#say = say
    await Promise.all([...this.#shown.keys()].map((fundId) => say.join(fundId)))
  }

  closed(): void {
    this.#say = undefined
  }

  /** @returns what ends it */
  show(fundId: string): () => void {
    const shown = this.#shown.get(fundId) ?? 0
    this.#shown.set(fundId, shown + 1)
    if (shown === 0) void this.#say?.join(fundId)
    return () => {
      const left = (this.#shown.get(fundId) ?? 0) - 1
      if (left > 0) this.#shown.set(fundId, left)
      else if (this.#shown.delete(fundId)) this.#say?.leave(fundId)
    }
  }
}
