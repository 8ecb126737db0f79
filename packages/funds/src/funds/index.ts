export { closeFund, createFund, getFund, listFunds, recentOfFund, reopenFund, updateFund } from './funds.service.ts'
export { revealFundWire, setFundWire } from './wire.service.ts'
