export * from './irr.rules.ts'
export * from './multiples.rules.ts'
