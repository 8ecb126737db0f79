// A file as a firm would export it, with a known number of rows that cannot be imported.

const stages = ['Lead', 'Qualified', 'Negotiation', 'Closed Won', 'Closed Lost']
const header = 'External ID;Deal name;Amount;Currency;Stage;Company;Website;Contact;E-mail;Close date;Notes;Lost reason'

/** What is wrong with a bad row, in turn. */
const spoil = [
  (cells: string[]) => cells.with(1, ''),
  (cells: string[]) => cells.with(2, 'a lot'),
  (cells: string[]) => cells.with(4, 'Somewhere'),
  (cells: string[]) => cells.with(8, 'not an address'),
  (cells: string[]) => cells.with(9, '2026-02-31'),
]

/** Rows with `;`, quotes, a BOM, CRLF and quoted newlines; `bad` of them are spread through the file. */
export function dealsCsv({ rows, bad, prefix }: { rows: number; bad: number; prefix: string }): Buffer {
  const every = Math.floor(rows / bad)
  const lines = [header]
  let spoilt = 0
  for (let row = 1; row <= rows; row++) {
    const company = `${prefix} Company ${row % 500}`
    const cells = [
      `${prefix}-${row}`,
      `${prefix} deal ${row}`,
      `${1000 + (row % 900)}.50`,
      'USD',
      stages[row % stages.length] ?? 'Lead',
      company,
      `${prefix.toLowerCase()}-${row % 500}.example`,
      `Person ${row % 2000}`,
      `person${row % 2000}@${prefix.toLowerCase()}.example`,
      '2027-03-31',
      row % 50 === 0 ? '"two lines,\r\nand a ""quote"""' : '',
      row % stages.length === stages.indexOf('Closed Lost') ? 'Price' : '',
    ]
    const isBad = row % every === 0 && spoilt < bad
    const change = isBad ? spoil[spoilt++ % spoil.length] : undefined
    lines.push((change ? change(cells) : cells).join(';'))
  }
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8')
}
