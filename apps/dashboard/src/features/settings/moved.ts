/** The same things with the one at `index` a step further; past the ends nothing moves. */
export function moved<T>(things: readonly T[], index: number, step: -1 | 1): T[] {
  const target = index + step
  const [one, other] = [things[index], things[target]]
  if (one === undefined || other === undefined) return [...things]
  return things.map((thing, at) => (at === index ? other : at === target ? one : thing))
}
