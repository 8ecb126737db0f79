export { type Account, readAccounts, splitBetween } from './accounts.ts'
export { drawPrepaid } from './draw-prepaid.ts'
export { takeBackWriteOffs } from './write-offs.ts'
export { type NewPayment, writePayments } from './write-payments.ts'
