'use client'
import type { JCurve } from '@throughline/contracts'
import { Card, formatCompactMoney, formatDay, formatMoney } from '@throughline/ui'
import { areaOf, gainOf, heightOf, pathOf } from './j-curve-path.ts'

const width = 640
const height = 200

/** What investors are ahead by, net cash flow and NAV over the life of a fund, drawn, and the same as a table. */
export function JCurveChart({ curve }: { curve: JCurve }) {
  const { data, currency } = curve
  if (data.length < 2) return null
  const flows = data.map(({ netCashFlow }) => Number(netCashFlow))
  const navs = data.map(({ nav }) => Number(nav))
  const gains = data.map(gainOf)
  const [low, high] = [Math.min(0, ...flows, ...navs), Math.max(0, ...flows, ...navs)]
  const box = { width, height, low, high }
  const zero = heightOf(0, box)
  const compact = (value: number | string) => formatCompactMoney(String(value), currency)
  const [first, last] = [data[0], data.at(-1)]
  return (
    <Card className="grid gap-3 p-4">
      <h2 className="font-semibold">J-curve</h2>
      <div className="grid grid-cols-[auto_1fr] gap-x-2 gap-y-1">
        <div aria-hidden className="tabular relative w-14 text-right text-muted text-xs">
          <span className="absolute top-0 right-0">{compact(high)}</span>
          <span className="-translate-y-1/2 absolute right-0" style={{ top: `${(zero / height) * 100}%` }}>
            0
          </span>
          <span className="absolute right-0 bottom-0">{compact(low)}</span>
        </div>
        <svg viewBox={`0 0 ${width} ${height}`} className="h-auto w-full" role="img" aria-labelledby="j-curve-title">
          <title id="j-curve-title">Gain, net cash flow and NAV by month; the figures are in the table below</title>
          <path d={areaOf(gains, box)} fill="var(--accent)" fillOpacity="0.18" />
          <path d={pathOf(gains, box)} fill="none" stroke="var(--accent)" strokeWidth="3" />
          <line x1="0" x2={width} y1={zero} y2={zero} stroke="var(--line-strong)" strokeDasharray="3 4" />
          <path d={pathOf(navs, box)} fill="none" stroke="var(--info)" strokeWidth="2" strokeDasharray="6 4" />
          <path d={pathOf(flows, box)} fill="none" stroke="var(--warn)" strokeWidth="1.75" />
        </svg>
        <p className="tabular col-start-2 flex justify-between text-muted text-xs">
          <span>{formatDay(first?.on ?? '')}</span>
          <span>{formatDay(last?.on ?? '')}</span>
        </p>
      </div>
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-muted text-xs">
        <span>Filled: gain (NAV and net cash flow together), {compact(gains.at(-1) ?? 0)}</span>
        <span>Thin: net cash flow, {compact(last?.netCashFlow ?? '0')}</span>
        <span>Dashed: NAV, {compact(last?.nav ?? '0')}</span>
      </p>
      <details>
        <summary className="cursor-pointer text-sm">The same as a table</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <section aria-label="J-curve as a table" tabIndex={0} className="mt-2 max-h-72 overflow-auto">
          <table className="w-full text-left text-sm">
            <thead className="text-muted text-xs">
              <tr>
                {['Day', 'Paid in', 'Distributed', 'Net cash flow', 'NAV'].map((header) => (
                  <th key={header} scope="col" className="px-2 py-1 font-medium">
                    {header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="tabular">
              {data.map(({ on, contributed, distributed, netCashFlow, nav }) => (
                <tr key={on} className="border-line border-t">
                  <th scope="row" className="whitespace-nowrap px-2 py-1 font-normal">
                    {formatDay(on)}
                  </th>
                  {[
                    ['contributed', contributed],
                    ['distributed', distributed],
                    ['net', netCashFlow],
                    ['nav', nav],
                  ].map(([name, sum = '0']) => (
                    <td key={name} className="whitespace-nowrap px-2 py-1">
                      {formatMoney(sum, currency)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </Card>
  )
}
