'use client'
import type { JCurve } from '@throughline/contracts'
import { Card, formatCompactMoney, formatDay, formatMoney } from '@throughline/ui'
import { pathOf } from './j-curve-path.ts'

const width = 640
const height = 200

/** Net cash flow and NAV over the life of a fund, drawn, and the same as a table. */
export function JCurveChart({ curve }: { curve: JCurve }) {
  const { data, currency } = curve
  if (data.length < 2) return null
  const flows = data.map(({ netCashFlow }) => Number(netCashFlow))
  const navs = data.map(({ nav }) => Number(nav))
  const [low, high] = [Math.min(0, ...flows, ...navs), Math.max(0, ...flows, ...navs)]
  const box = { width, height, low, high }
  const zero = height - ((0 - low) / (high - low || 1)) * height
  return (
    <Card className="grid gap-3 p-4">
      <h2 className="font-semibold">J-curve</h2>
      <svg viewBox={`0 0 ${width} ${height}`} className="h-auto w-full" role="img" aria-labelledby="j-curve-title">
        <title id="j-curve-title">Net cash flow and NAV by month; the same figures are in the table below</title>
        <line x1="0" x2={width} y1={zero} y2={zero} stroke="var(--line-strong)" strokeDasharray="3 4" />
        <path d={pathOf(navs, box)} fill="none" stroke="var(--info)" strokeWidth="2" strokeDasharray="6 4" />
        <path d={pathOf(flows, box)} fill="none" stroke="var(--accent)" strokeWidth="2.5" />
      </svg>
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-muted text-xs">
        <span>Solid: net cash flow, {formatCompactMoney(data.at(-1)?.netCashFlow ?? '0', currency)}</span>
        <span>Dashed: NAV, {formatCompactMoney(data.at(-1)?.nav ?? '0', currency)}</span>
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
