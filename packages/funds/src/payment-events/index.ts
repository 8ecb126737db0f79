export { applyPaymentEvent } from './apply-payment-event.ts'
export { applyPaymentEventJob } from './payment-events.jobs.ts'
export { receivePaymentEvent } from './payment-events.service.ts'
