import { readableLogLine } from './log-line.mjs'

const colours = [36, 35, 33, 32, 34, 96, 95, 93, 92, 94]
const quietForMs = 400
const progressEveryMs = 10_000

/**
 * @typedef {{ write(text: string): unknown, isTTY?: boolean }} Sink
 * @typedef {ReturnType<typeof createOutput>} Output
 */

/**
 * Cuts a stream of text into lines, whatever pieces it arrives in.
 * @param {(line: string) => void} onLine
 */
export function createLineSplitter(onLine) {
  let rest = ''
  return {
    push(/** @type {string} */ text) {
      const lines = (rest + text).split(/\r\n|\n|\r/)
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    },
    end() {
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

/**
 * What the person at the terminal reads: own lines with the time since the start, and each child's lines with its name.
 * @param {{ name: string, stdout?: Sink, stderr?: Sink, now?: () => number, env?: Record<string, string | undefined> }} options
 */
export function createOutput({
  name,
  stdout = process.stdout,
  stderr = process.stderr,
  now = Date.now,
  env = process.env,
}) {
  const startedAt = now()
  /** @type {Map<string, number>} */
  const colourOf = new Map()

  const tag = (/** @type {string} */ who, /** @type {Sink} */ sink) => {
    if (!sink.isTTY || env.NO_COLOR) return `[${who}]`
    if (!colourOf.has(who)) colourOf.set(who, colours[colourOf.size % colours.length] ?? 0)
    return `\u001b[${colourOf.get(who)}m[${who}]\u001b[0m`
  }
  const line = (/** @type {string} */ text, /** @type {Sink} */ sink) =>
    sink.write(`${tag(name, sink)} +${((now() - startedAt) / 1000).toFixed(1)}s ${text}\n`)
  const say = (/** @type {string} */ text) => line(text, stdout)
  const warn = (/** @type {string} */ text) => line(text, stderr)

  /**
   * Says what is being done when it takes a moment, that it goes on when it takes long, and how long it took.
   * @template T
   * @param {string} label @param {() => Promise<T>} work @param {() => string} [progress] what to add while it goes on
   * @returns {Promise<T>}
   */
  const step = async (label, work, progress = () => '') => {
    const began = now()
    const announce = setTimeout(() => say(`… ${label}`), quietForMs)
    const report = setInterval(() => say(`… ${label}: ${seconds(now() - began)} so far${progress()}`), progressEveryMs)
    try {
      const result = await work()
      say(`✓ ${label} (${seconds(now() - began)})`)
      return result
    } finally {
      clearTimeout(announce)
      clearInterval(report)
    }
  }

  return {
    say,
    warn,
    step,
    /** A line as it is, without name and time. @param {string} text */
    plain: (text) => stdout.write(`${text}\n`),
    /** Writes what a child says, each line with the child's name. @param {string} who @param {import('node:stream').Readable} stream @param {'stdout' | 'stderr'} to */
    prefix(who, stream, to) {
      const sink = to === 'stdout' ? stdout : stderr
      const splitter = createLineSplitter((text) => sink.write(`${tag(who, sink)} ${readableLogLine(text)}\n`))
      stream.setEncoding('utf8')
      stream.on('data', splitter.push)
      stream.on('end', splitter.end)
    },
  }
}

/** A closed terminal, or `| head`, must not end a process that has children to stop. */
export function outliveClosedOutput() {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
