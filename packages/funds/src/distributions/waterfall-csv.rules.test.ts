import { Readable } from 'node:stream'
import { readSample } from '@throughline/cells'
import type { DistributionWaterfall, WaterfallStatement } from '@throughline/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distributionWaterfallCsv, fundWaterfallCsv } from './waterfall-csv.rules.ts'

const share = { tier: 'split', total: '100.00', investors: '80.00', generalPartner: '20.00' } as const
const ofADistribution = (dealTitle: string | null): DistributionWaterfall => ({
  ...{ currency: 'EUR', on: '2026-02-01', kind: 'american', amount: '100.00' },
  terms: { preferredReturn: '8', carry: '20', catchUp: '100' },
  steps: [{ of: 'deal', on: '2026-01-31', dealId: null, dealTitle, shares: [share, share], carriedForward: '-1.50' }],
  tiers: [share],
  hurdle: { capital: '3.00', preferred: '4.00' },
  ...{ carryEarned: '40.00', carryBefore: '20.00', carry: '20.00', overpaid: '0.00' },
  clawback: { received: '1.00', earned: '2.00', due: '3.00' },
  proof: [{ what: 'lines_are_the_distribution', expected: '100.00', found: '100.00', holds: true }],
})
const ofAFund = (label: string): WaterfallStatement => ({
  ...{ currency: 'JPY', asOf: '2026-02-01', kind: 'european', carryEarned: '40', carryPaid: '20' },
  terms: { preferredReturn: '8', carry: '20', catchUp: '100' },
  steps: [{ on: '2026-01-31', label, hypothetical: true, shares: [share] }],
})
/** As an import of ours reads it. */
const rowsOf = async (csv: string): Promise<string[][]> => {
  const { headers, rows } = await readSample(async () => Readable.from([Buffer.from(csv)]))
  return [headers, ...rows]
}

describe('a waterfall statement as CSV', () => {
  it('has what the JSON has, by the same names', async () => {
    expect(await rowsOf(distributionWaterfallCsv(ofADistribution('Northwind')))).toEqual([
      ['figure', 'value'],
      ...[
        ['currency', 'EUR'],
        ['on', '2026-02-01'],
        ['kind', 'american'],
      ],
      ...[
        ['terms.preferredReturn', '8'],
        ['terms.carry', '20'],
        ['terms.catchUp', '100'],
      ],
      ...[
        ['amount', '100.00'],
        ['carryEarned', '40.00'],
        ['carryBefore', '20.00'],
        ['carry', '20.00'],
        ['overpaid', '0.00'],
      ],
      ...[
        ['hurdle.capital', '3.00'],
        ['hurdle.preferred', '4.00'],
      ],
      ...[
        ['clawback.received', '1.00'],
        ['clawback.earned', '2.00'],
        ['clawback.due', '3.00'],
      ],
      ['step', 'on', 'deal', 'tier', 'total', 'investors', 'generalPartner', 'carriedForward'],
      ['deal', '2026-01-31', 'Northwind', 'split', '100.00', '80.00', '20.00', '-1.50'],
      ['deal', '2026-01-31', 'Northwind', 'split', '100.00', '80.00', '20.00', '-1.50'],
      ['all', '', '', 'split', '100.00', '80.00', '20.00', ''],
      ['proof', 'expected', 'found', 'holds'],
      ['lines_are_the_distribution', '100.00', '100.00', 'true'],
    ])
    const { hurdle, clawback, ...rest } = ofADistribution(null)
    expect(distributionWaterfallCsv({ ...rest, hurdle: null, clawback: null })).not.toMatch(/hurdle|clawback|null/)
    expect(await rowsOf(fundWaterfallCsv(ofAFund('Distributed')))).toEqual([
      ['figure', 'value'],
      ...[
        ['currency', 'JPY'],
        ['asOf', '2026-02-01'],
        ['kind', 'european'],
      ],
      ...[
        ['terms.preferredReturn', '8'],
        ['terms.carry', '20'],
        ['terms.catchUp', '100'],
      ],
      ...[
        ['carryEarned', '40'],
        ['carryPaid', '20'],
      ],
      ['step', 'on', 'hypothetical', 'tier', 'total', 'investors', 'generalPartner'],
      ['Distributed', '2026-01-31', 'true', 'split', '100.00', '80.00', '20.00'],
    ])
  })

  it('runs no title as a formula, and gives every title back, whatever is in it', async () => {
    expect(distributionWaterfallCsv(ofADistribution('=HYPERLINK("x")'))).toContain(`"'=HYPERLINK(""x"")"`)
    expect(fundWaterfallCsv(ofAFund('@SUM(A1)'))).toContain("'@SUM(A1)")
    const title = fc.oneof(
      fc.constantFrom('=1+1', '+31', '-5', "'=1", 'a,b', 'say "so"', 'two\nlines', 'two\r\nlines', 'Zürich 株', '\t'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    )
    await fc.assert(
      fc.asyncProperty(title, async (text) => {
        const rows = await rowsOf(distributionWaterfallCsv(ofADistribution(text)))
        expect(rows.filter(([step]) => step === 'deal').map((cells) => cells[2])).toEqual([text, text])
      }),
      { numRuns: 300 },
    )
  })

  it('ends each record with CRLF and begins with the mark of UTF-8', () => {
    for (const csv of [distributionWaterfallCsv(ofADistribution('A')), fundWaterfallCsv(ofAFund('B'))]) {
      expect(csv.charCodeAt(0)).toBe(0xfeff)
      expect(csv.split('\r\n').at(-1)).toBe('')
      expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    }
  })
})
