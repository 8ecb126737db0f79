// One helper for all who need it, started by the first and ended after the last.

/** @returns `hold`, which gives the helper and what lets go of it; letting go twice counts once */
export function shared<T>(start: () => T, end: (held: T) => void): { hold(): { held: T; release(): void } } {
  let current: { held: T; holders: number } | undefined
  return {
    hold() {
      current ??= { held: start(), holders: 0 }
      const mine = current
      mine.holders += 1
      let isHeld = true
      return {
        held: mine.held,
        release() {
          if (!isHeld) return
          isHeld = false
          mine.holders -= 1
          if (mine.holders > 0) return
          if (current === mine) current = undefined
          end(mine.held)
        },
      }
    },
  }
}
