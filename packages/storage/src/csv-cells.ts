// CSV that a spreadsheet may open and that comes back to us. Here and not in a desk, because every desk exports.
import { stringify } from 'csv-stringify/sync'

/**
 * What makes a spreadsheet run a cell as a formula, the full-width forms included. Apostrophes before it count too, so
 * that `restored` can tell ours from one that was there before.
 */
const formulaStart = /^'*[=+\-@\t\n\r\0＝＋－＠]/
const plainNumber = /^-?\d+(\.\d+)?$/
/** A bare line break is one to whoever reads the file, though it is not the one that ends our records. */
const lineBreak = /[\r\n]/

/** Puts an apostrophe before text that a spreadsheet would run. Numbers stay numbers. */
export const neutralised = (cell: string): string =>
  formulaStart.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell

/** Takes away the apostrophe that `neutralised` puts there: `restored(neutralised(text))` is `text`, whatever it is. */
export const restored = (cell: string): string =>
  cell.startsWith("'") && formulaStart.test(cell) ? cell.slice(1) : cell

/** Tells Excel that a file is UTF-8; the first thing in it. */
export const byteOrderMark = '\uFEFF'

/** One record with its line end, its cells made harmless. `restored` over the cells that are read gives them back. */
export const csvLine = (cells: readonly string[], delimiter = ','): string =>
  stringify([cells.map(neutralised)], { delimiter, record_delimiter: '\r\n', quoted_match: lineBreak })
