export { getFund, listFunds } from './funds.service.ts'
