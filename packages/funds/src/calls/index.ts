export * from './call-states.rules.ts'
export * from './due-dates.rules.ts'
export * from './line-money.rules.ts'
export * from './line-states.rules.ts'
