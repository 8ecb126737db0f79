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

const timeZone = 'Europe/Berlin'
const calendar = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
/** So many days from today where the funds are: late in the evening it is another day there than in UTC. */
export const dayIn = (days: number): string => calendar.format(Date.now() + days * 86_400_000)
/** The notice of a call takes business days; so much later every calendar has had enough of them. */
const dueIn = 40

export async function fundWithCall(): Promise<FundDesk> {
  const firm = await foundFirm()
  const second = await join(firm, 'admin', 'Sam Second')
  const [token, other] = [await tokenOf(firm.owner), await tokenOf(second)]
  const post = (path: string, body: object, as = token) =>
    ask<Made>(`/tenant/v1${path}`, { method: 'POST', token: as, body })
  const kept = { currency: 'EUR', timeZone, vintage: 2026 }
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

interface List {
  data: Made[]
}

/** Both investors have paid their lines today; 60,000.00 of it is in a won deal, `Northwind`. */
export async function fundWithCash(): Promise<FundDesk & { dealId: string }> {
  const desk = await fundWithCall()
  const { token, fundId } = desk
  const get = (path: string) => ask<List>(`/tenant/v1${path}`, { token })
  const [call] = (await get(`/funds/${fundId}/capital-calls`)).data
  const { data: lines } = await get(`/capital-calls/${call?.id}/lines`)
  for (const { id } of lines) {
    const body = {
      bankReference: `B-${id}`,
      account: 'DE02',
      valueDate: dayIn(0),
      amount: '50000.00',
      currency: 'EUR',
      to: { lineId: id },
    }
    await ask(`/tenant/v1/funds/${fundId}/payments`, { method: 'POST', token, body })
  }
  const deal = await ask<Made>('/tenant/v1/deals', {
    method: 'POST',
    token,
    body: { title: 'Northwind', value: '60000.00' },
  })
  for (const stage of ['QUALIFIED', 'NEGOTIATION', 'CLOSED_WON'])
    await ask(`/tenant/v1/deals/${deal.id}/move`, { method: 'POST', token, body: { stage } })
  const booking = { kind: 'investment', dealId: deal.id, on: dayIn(0), amount: '60000.00' }
  await ask(`/tenant/v1/funds/${fundId}/bookings`, { method: 'POST', token, body: booking })
  return { ...desk, dealId: deal.id }
}

/** A firm with a fund of three investors, and a won deal of 90,000.00 that is allocated to it. */
export async function fundWithWonDeal() {
  const firm = await foundFirm()
  const second = await join(firm, 'admin', 'Sam Second')
  const token = await tokenOf(firm.owner)
  const post = (path: string, body: object) => ask<Made>(`/tenant/v1${path}`, { method: 'POST', token, body })
  const fund = await post('/funds', {
    ...{ name: 'Orchard', legalName: 'Orchard Fund SCSp', currency: 'EUR', timeZone, vintage: 2026 },
  })
  for (const name of ['Alder Pension', 'Birch Pension', 'Cedar Pension']) {
    const investor = await post('/investors', { name, kind: 'ENTITY' })
    const signed = { investorId: investor.id, closeName: 'First close', closeDate: '2026-01-05', amount: '1000000.00' }
    await post(`/funds/${fund.id}/commitments`, signed)
  }
  const deal = await post('/deals', { title: 'Series B of Acorn', value: '90000.00', currency: 'EUR' })
  for (const stage of ['QUALIFIED', 'NEGOTIATION', 'CLOSED_WON']) await post(`/deals/${deal.id}/move`, { stage })
  return { firm, second, token, post, fundId: fund.id, dealId: deal.id }
}
