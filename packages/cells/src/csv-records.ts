// A CSV file as records with the line each of them starts on.
import type { ImportPreview } from '@throughline/contracts'
import { CsvError, parse } from 'csv-parse'
import { checkClosingQuotes } from './closing-quotes.ts'
import { FileRefused } from './file-refused.ts'

export type Delimiter = ImportPreview['delimiter']

export interface CsvRecord {
  /** 1-based line of the file on which the record starts. */
  line: number
  cells: string[]
}

/** A record larger than this is most likely the rest of the file behind a quotation mark that nobody closed. */
const maxRecordCharacters = 2_000_000
const maxColumns = 500

const candidates: readonly Delimiter[] = [',', ';', '\t', '|']

/** How often each candidate stands outside quotes, line by line. */
function countsPerLine(text: string, delimiter: Delimiter): number[] {
  const counts: number[] = []
  let count = 0
  let inQuotes = false
  for (const character of text) {
    if (character === '"') inQuotes = !inQuotes
    else if (inQuotes) continue
    else if (character === delimiter) count += 1
    else if (character === '\n' || character === '\r') {
      if (count > 0) counts.push(count)
      count = 0
    }
  }
  return count > 0 ? [...counts, count] : counts
}

/** The delimiter that the header uses, and most of the first lines as often; a comma for a single column. */
export function sniffDelimiter(text: string): Delimiter {
  const scored = candidates.map((delimiter) => {
    const [header = 0, ...lines] = countsPerLine(text, delimiter)
    const agreeing = lines.filter((count) => count === header).length
    return { delimiter, score: header === 0 ? 0 : (agreeing + 1) * 1000 + header }
  })
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

const lineBreaks = /\r\n|\n|\r/g

/** Follows the lines: the parser itself counts a quoted CRLF twice. */
class LineCounter {
  next = 1
  private blank = 0

  skip(blankLines: number): number {
    this.next += blankLines - this.blank
    this.blank = blankLines
    return this.next
  }

  take(cells: readonly string[], blankLines: number): number {
    const line = this.skip(blankLines)
    const inside = cells.reduce((sum, cell) => sum + (cell.match(lineBreaks)?.length ?? 0), 0)
    this.next = line + 1 + inside
    return line
  }
}

function asRefusal(error: CsvError, lines: LineCounter): Error {
  const blankLines = typeof error.empty_lines === 'number' ? error.empty_lines : 0
  const line = lines.skip(blankLines)
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new FileRefused(`Line ${line}: a quotation mark opens here and is never closed.`, line)
    case 'CSV_MAX_RECORD_SIZE':
      return new FileRefused(
        `Line ${line}: this record is far too large. Most likely a quotation mark is not closed.`,
        line,
      )
    default:
      return error
  }
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

/**
 * Reads records one by one; memory does not grow with the file. Blank rows are left out.
 * @throws FileRefused with the line number
 */
export async function* readRecords(text: NodeJS.ReadableStream, delimiter: Delimiter): AsyncGenerator<CsvRecord> {
  const lines = new LineCounter()
  /** First lines of the records that the parser has read and we have not. */
  const starts: number[] = []
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    relax_quotes: true,
    max_record_size: maxRecordCharacters,
    on_record: (cells, { empty_lines }) => {
      starts.push(lines.take(cells, empty_lines))
      return cells
    },
  })
  const checked = checkClosingQuotes(delimiter)
  text.on('error', (error) => checked.destroy(error))
  checked.on('error', (error) => parser.destroy(error))
  const records: AsyncIterable<string[]> = text.pipe(checked).pipe(parser)
  try {
    for await (const cells of records) {
      const line = starts.shift() ?? lines.next
      if (cells.length > maxColumns) throw new FileRefused(`Line ${line}: more than ${maxColumns} columns.`, line)
      if (cells.some((cell) => cell.includes('\0')))
        throw new FileRefused(`Line ${line}: there is a NUL byte in it. Save the file as UTF-8 text.`, line)
      if (!isBlank(cells)) yield { line, cells }
    }
  } catch (error) {
    throw error instanceof CsvError ? asRefusal(error, lines) : error
  }
}
