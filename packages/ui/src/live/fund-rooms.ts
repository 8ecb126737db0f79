// Which funds this tab shows: their rooms are joined when the socket is there, and again after each new connection.
import { fundsOfAMessage } from '@throughline/contracts'

/** Each names so many funds as fit into a message. */
export interface Say {
  join(fundIds: readonly string[]): Promise<void>
  leave(fundIds: readonly string[]): void
}

const messagesOf = (fundIds: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(fundIds.length / fundsOfAMessage) }, (_, index) =>
    fundIds.slice(index * fundsOfAMessage, (index + 1) * fundsOfAMessage),
  )

export class FundRooms {
  /** How many parts of the page show a fund. */
  readonly #shown = new Map<string, number>()
  #say: Say | undefined

  /** The socket is there: the rooms of all funds that are shown are joined. */
  async opened(say: Say): Promise<void> {
    this.#say = say
    await Promise.all(messagesOf([...this.#shown.keys()]).map((fundIds) => say.join(fundIds)))
  }

  closed(): void {
    this.#say = undefined
  }

  /** @returns what ends it, once */
  show(fundIds: readonly string[]): () => void {
    const wanted = new Set(fundIds)
    const news = [...wanted].filter((fundId) => !this.#shown.has(fundId))
    for (const fundId of wanted) this.#shown.set(fundId, (this.#shown.get(fundId) ?? 0) + 1)
    for (const message of messagesOf(news)) void this.#say?.join(message)
    return () => {
      const gone = [...wanted].filter((fundId) => this.#endOne(fundId))
      wanted.clear()
      for (const message of messagesOf(gone)) this.#say?.leave(message)
    }
  }

  /** @returns whether nobody shows it any more */
  #endOne(fundId: string): boolean {
    const left = (this.#shown.get(fundId) ?? 0) - 1
    if (left > 0) this.#shown.set(fundId, left)
    return left <= 0 && this.#shown.delete(fundId)
  }
}
