import readline from 'node:readline'

/** What has to be typed, exactly: a stray Enter or a `y` must not cost the data. */
export const confirmationWord = 'reset'

/** @param {string} typed */
const isConfirmed = (typed) => typed.trim() === confirmationWord

/**
 * Asks on the terminal; no answer counts as no.
 * @param {string} question
 * @param {{ input?: NodeJS.ReadableStream, output?: NodeJS.WritableStream }} [streams]
 * @returns {Promise<boolean>}
 */
export function askForConfirmation(question, { input = process.stdin, output = process.stdout } = {}) {
  const terminal = readline.createInterface({ input, output })
  return new Promise((resolve) => {
    terminal.on('close', () => resolve(false))
    terminal.question(question, (typed) => {
      resolve(isConfirmed(typed))
      terminal.close()
    })
  })
}
