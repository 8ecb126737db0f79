export { readAccounts, splitBetween } from './accounts.ts'
export { drawPrepaid } from './draw-prepaid.ts'
export { writePayments } from './write-payments.ts'
