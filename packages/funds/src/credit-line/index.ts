export { checkCreditLine, drawnOf, lineFlows } from './credit-line.ts'
