// Work that many ask for: at once when it is seldom, and once for all that ask meanwhile when it is often.

export interface Pace {
  /** Runs the work now, or at the end of the pause after its last run. */
  ask(): void
  stop(): void
}

/**
 * After each run there is a pause, `shortestMs` long. Whenever somebody has asked during one, the next is twice as long,
 * up to `longestMs`; after a pause in which nobody did, it is short again.
 */
export function createPace(work: () => void, shortestMs: number, longestMs: number): Pace {
  let pause: NodeJS.Timeout | undefined
  let asked = false
  let pauseMs = shortestMs
  const run = () => {
    asked = false
    pause = setTimeout(end, pauseMs).unref()
    work()
  }
  const end = () => {
    pause = undefined
    pauseMs = asked ? Math.min(2 * pauseMs, longestMs) : shortestMs
    if (asked) run()
  }
  return {
    ask() {
      if (pause) asked = true
      else run()
    },
    stop() {
      clearTimeout(pause)
      pause = undefined
    },
  }
}
