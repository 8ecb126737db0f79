// Cells on their way into and out of spreadsheets.

/** What makes a spreadsheet run a cell as a formula, the full-width forms included. */
const formulaStart = /^'*[=+\-@\t\r\0＝＋－＠]/
const plainNumber = /^-?\d+(\.\d+)?$/

/** Puts an apostrophe before text that a spreadsheet would run. Numbers stay numbers. */
export const neutralised = (cell: string): string =>
  formulaStart.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell

/** Takes away the apostrophe that `neutralised` puts there. */
export const restored = (cell: string): string =>
  cell.startsWith("'") && formulaStart.test(cell) ? cell.slice(1) : cell

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A value in COPY's text format. */
export const copyText = (value: string | number | null): string =>
  value === null ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character)
