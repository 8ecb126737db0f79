export { CellError, quoted, refuse } from './cell.ts'
export { parseDate } from './dates.ts'
export { currencySign, grouped, parseCurrency, parseMoney } from './money.ts'
