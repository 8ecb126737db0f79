// What stands behind a closing quotation mark. The parser is told to take marks inside of plain cells as they are
// (`37°36'37.8"N`, `12" pipe`), and would then also guess what `"two"words` means; that is refused here.
import { Transform } from 'node:stream'
import { FileRefused } from './file-refused.ts'

const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d

type Place = 'start of a cell' | 'plain cell' | 'quoted cell' | 'behind a mark'

/** Passes text on as it is. Fails with FileRefused, and the line on which the record starts, where a mark is misplaced. */
export function checkClosingQuotes(delimiter: string): Transform {
  const mark = delimiter.charCodeAt(0)
  let place: Place = 'start of a cell'
  let line = 1
  let recordLine = 1
  let afterReturn = false

  const step = (code: number): void => {
    if (code === carriageReturn || (code === lineFeed && !afterReturn)) line += 1
    afterReturn = code === carriageReturn
    if (place === 'quoted cell') {
      if (code === quote) place = 'behind a mark'
    } else if (code === carriageReturn || code === lineFeed) {
      place = 'start of a cell'
      recordLine = line
    } else if (code === mark) place = 'start of a cell'
    else if (place === 'start of a cell') place = code === quote ? 'quoted cell' : 'plain cell'
    else if (place === 'behind a mark') {
      if (code !== quote)
        throw new FileRefused(
          `Line ${recordLine}: there is text behind a closing quotation mark. In cells with quotation marks, double the marks inside.`,
          recordLine,
        )
      place = 'quoted cell'
    }
  }

  return new Transform({
    decodeStrings: false,
    transform(chunk, _encoding, done) {
      const text = String(chunk)
      try {
        for (let at = 0; at < text.length; at++) step(text.charCodeAt(at))
        done(null, text)
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
}
