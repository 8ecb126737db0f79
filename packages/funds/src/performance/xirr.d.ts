// The package brings no types.
declare module 'xirr' {
  interface Transaction {
    amount: number
    when: Date
  }
  interface Options {
    guess?: number
    tolerance?: number
    maxIterations?: number
  }
  /** @throws Error when it does not converge */
  export default function xirr(transactions: readonly Transaction[], options?: Options): number
}
