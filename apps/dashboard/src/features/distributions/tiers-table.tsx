'use client'
import type { TierShareView } from '@throughline/contracts'
import { Card } from '@throughline/ui'
import { tierWords } from './waterfall-words.ts'

export type Money = (amount: string) => string

/** What ran through the tiers at one time. */
export interface TierGroup {
  key: string
  title: string
  note?: string | undefined
  shares: readonly TierShareView[]
}

/** Tier by tier, who has got what. */
export const TiersTable = ({ groups, money }: { groups: readonly TierGroup[]; money: Money }) => (
  <Card className="overflow-hidden">
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard. */}
    <section aria-label="Tiers" tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-left text-sm">
        <thead className="bg-sunken/50 text-muted text-xs">
          <tr>
            <th scope="col" className="px-4 py-2.5 font-medium">
              Tier
            </th>
            {['Proceeds', 'To investors', 'To the general partner'].map((header) => (
              <th key={header} scope="col" className="px-4 py-2.5 text-right font-medium">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ key, title, note, shares }) => (
          <tbody key={key}>
            <tr className="border-line border-t bg-sunken/30">
              <th scope="rowgroup" colSpan={4} className="px-4 py-2 text-left font-medium">
                {title}
                {note ? <span className="font-normal text-muted">, {note}</span> : null}
              </th>
            </tr>
            <Shares shares={shares} money={money} />
          </tbody>
        ))}
      </table>
    </section>
  </Card>
)

const Shares = ({ shares, money }: { shares: readonly TierShareView[]; money: Money }) =>
  shares.map(({ tier, total, investors, generalPartner }) => (
    <tr key={tier} className="border-line border-t">
      <th scope="row" className="whitespace-nowrap px-4 py-2 text-left font-normal">
        {tierWords[tier]}
      </th>
      {Object.entries({ total, investors, generalPartner }).map(([name, amount]) => (
        <td key={name} className="tabular whitespace-nowrap px-4 py-2 text-right">
          {money(amount)}
        </td>
      ))}
    </tr>
  ))
