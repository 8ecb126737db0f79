export * from './fund-cells.rules.ts'
