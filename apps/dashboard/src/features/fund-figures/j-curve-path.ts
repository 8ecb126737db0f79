export interface Box {
  width: number
  height: number
  /** The smallest and the largest that are drawn. */
  low: number
  high: number
}

/** A line through values that stand equally far apart, from the left edge of the box to the right. */
export function pathOf(values: readonly number[], { width, height, low, high }: Box): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const span = high - low || 1
  return values
    .map((value, index) => {
      const y = height - ((value - low) / span) * height
      return `${index === 0 ? 'M' : 'L'}${(index * step).toFixed(1)} ${y.toFixed(1)}`
    })
    .join(' ')
}
