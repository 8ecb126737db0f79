export interface Box {
  width: number
  height: number
  /** The smallest and the largest that are drawn. */
  low: number
  high: number
}

/** What investors are ahead or behind by: what came back and what is there, less what was paid in. */
export const gainOf = ({ netCashFlow, nav }: { netCashFlow: string; nav: string }): number =>
  Number(netCashFlow) + Number(nav)

/** How far down a value stands. */
export const heightOf = (value: number, { height, low, high }: Box): number =>
  height - ((value - low) / (high - low || 1)) * height

/** The ground between a line and the line of zero. */
export function areaOf(values: readonly number[], box: Box): string {
  if (values.length === 0) return ''
  const zero = heightOf(0, box).toFixed(1)
  return `${pathOf(values, box)} L${box.width.toFixed(1)} ${zero} L0.0 ${zero} Z`
}

/** A line through values that stand equally far apart, from the left edge of the box to the right. */
export function pathOf(values: readonly number[], box: Box): string {
  const step = values.length > 1 ? box.width / (values.length - 1) : 0
  return values
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${(index * step).toFixed(1)} ${heightOf(value, box).toFixed(1)}`)
    .join(' ')
}
