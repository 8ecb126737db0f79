// A firm of its own with a fund of two investors and an issued call, for tests that move money.
import { ask, type Firm, foundFirm, join, tokenOf } from './api.ts'

interface Made {
  id: string
}

export interface FundDesk {
  firm: Firm
  /** Somebody else of the firm, who approves. */
  second: string
  fundId: string
  /** `Alder Pension …` and `Birch Pension …`: each owes 50,000.00. */
  investors: [string, string]
  token: string
}

const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
/** The notice of a call takes business days; so much later every calendar has had enough of them. */
const dueIn = 40

export async function fundWithCall(): Promise<FundDesk> {
  const firm = await foundFirm()
  const second = await join(firm, 'admin', 'Sam Second')
  const [token, other] = [await tokenOf(firm.owner), await tokenOf(second)]
  const post = (path: string, body: object, as = token) =>
    ask<Made>(`/tenant/v1${path}`, { method: 'POST', token: as, body })
  const kept = { currency: 'EUR', timeZone: 'Europe/Berlin', vintage: 2026 }
  const fund = await post('/funds', { name: 'Orchard', legalName: 'Orchard Fund SCSp', ...kept })
  const mark = fund.id.slice(-8)
  const names: [string, string] = [`Alder Pension ${mark}`, `Birch Pension ${mark}`]
  for (const name of names) {
    const investor = await post('/investors', { name, kind: 'ENTITY' })
    const signed = { investorId: investor.id, closeName: 'First close', closeDate: '2026-01-05', amount: '1000000.00' }
    await post(`/funds/${fund.id}/commitments`, signed)
  }
  const components = [{ kind: 'INVESTMENT', label: 'Series B', amount: '100000.00' }]
  const dates = { noticeDate: dayIn(0), dueDate: dayIn(dueIn) }
  const call = await post(`/funds/${fund.id}/capital-calls`, { title: 'First call', ...dates, components })
  await post(`/capital-calls/${call.id}/submit`, {})
  await post(`/capital-calls/${call.id}/approve`, {}, other)
  await post(`/capital-calls/${call.id}/issue`, {})
  return { firm, second, fundId: fund.id, investors: names, token }
}
