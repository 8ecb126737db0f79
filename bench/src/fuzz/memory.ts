// What the API has told so far: ids, cursors, versions, tokens. A call about something that exists goes further than
// one about nothing.

const keptValues = 200
const keptAnswers = 8
const looked = 500
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
/** `dealId` and `/deals`, `activityId` and `/activities`, begin alike. */
const alike = 5

type Told = [name: string, value: string | number]

/** Every short value of an answer under its name, the outermost first. */
function valuesIn(body: unknown): Told[] {
  const told: Told[] = []
  const rest: [name: string, value: unknown][] = [['', body]]
  for (let next = rest.shift(); next && told.length < looked; next = rest.shift()) {
    const [name, value] = next
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        rest.push([Array.isArray(value) ? name : key.toLowerCase(), inner])
    else if (typeof value === 'number' || (typeof value === 'string' && value.length <= 500)) told.push([name, value])
  }
  return told
}

/** `claimToken` is told as `token`, `cursor` as `nextCursor`. */
const isAkin = (wanted: string, told: string): boolean =>
  told !== '' && wanted !== '' && (told.endsWith(wanted) || wanted.endsWith(told))

export class Memory {
  readonly #values = new Map<string, unknown[]>()
  readonly #answers: Told[][] = []
  #turn = 0

  #keep(key: string, value: unknown): void {
    const list = this.#values.get(key) ?? []
    list.push(value)
    if (list.length > keptValues) list.shift()
    this.#values.set(key, list)
  }

  /** Keeps what an answer has told, ids also under what the address is about. */
  learn(path: string, body: unknown): void {
    const about = path.split('/').findLast((step) => step !== '' && !step.startsWith('{')) ?? ''
    const told = valuesIn(body)
    for (const [name, value] of told) {
      this.#keep(name, value)
      if (typeof value !== 'string' || !uuid.test(value)) continue
      this.#keep('*', value)
      if (name === 'id') this.#keep(`id of ${about}`, value)
    }
    if (!told.some(([name]) => name === 'id')) return
    this.#answers.push(told)
    if (this.#answers.length > keptAnswers) this.#answers.shift()
  }

  /** The next call is about another of the latest answers. */
  turn(): void {
    this.#turn += 1
  }

  /** A value that was told under such a name; an even `n` takes it from the one answer that this call is about. */
  recall(name: string, n: number): unknown {
    const wanted = name.toLowerCase()
    const answer = this.#answers[this.#turn % this.#answers.length]
    const there = n % 2 === 0 ? answer?.find(([told]) => isAkin(wanted, told)) : undefined
    if (there) return there[1]
    const stem = wanted.endsWith('id') ? wanted.slice(0, -2).slice(0, alike) : undefined
    const fitting = [...this.#values.keys()].filter((key) =>
      stem === undefined ? isAkin(wanted, key) : key.startsWith(`id of ${stem}`) || key === wanted,
    )
    const list = fitting.flatMap((key) => this.#values.get(key) ?? [])
    const chosen = list.length > 0 ? list : (this.#values.get('*') ?? [])
    return chosen[n % chosen.length]
  }
}
