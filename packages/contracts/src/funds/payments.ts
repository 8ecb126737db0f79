/** What was done with money of an investor. */
export const paymentKinds = ['RECEIPT', 'PREPAID_APPLIED', 'BOUNCE', 'UNMATCH', 'REFUND'] as const
export type PaymentKind = (typeof paymentKinds)[number]
