// What people at a fund desk do all day, in twenty places at once.
import { callLinePage, capitalCallView, distributionDetail, paymentView, receiptChanged } from '@throughline/contracts'
import { ask } from './calls.ts'
import {
  type Deed,
  type Desk,
  fromCents,
  newMark,
  pick,
  type Stage,
  toCents,
  type Wish,
  wasDone,
  wish,
  wishAndHangUp,
} from './money-stage.ts'

const dates = { noticeDate: '2026-03-02', dueDate: '2026-03-16' }
const day = {
  invested: '2026-03-05',
  sold: '2026-03-20',
  drawn: '2026-03-03',
  repaid: '2026-03-12',
  paid: '2026-03-10',
  bounced: '2026-04-01',
  refunded: '2026-04-01',
  distributed: '2026-04-02',
}
const account = 'DE02'

/** A hundred to ten thousand, never round. */
const someMoney = ({ chance }: Stage): bigint => BigInt(10_001 + Math.floor(chance() * 989_998))
const json = ({ answer }: Deed): unknown => JSON.parse(answer?.text ?? 'null')

async function raiseCall(stage: Stage, { fundId, manager, admin, lines }: Desk): Promise<void> {
  const mark = newMark('Call')
  const amount = someMoney(stage) * 10n
  const components = [{ kind: 'EXPENSE', label: 'Costs', amount: fromCents(amount) }]
  const path = `/tenant/v1/funds/${fundId}/capital-calls`
  const about = { mark, fundId, amount }
  const body = { title: mark, ...dates, components }
  const drafted = await wish(stage, { ...about, kind: 'call drafted', call: { token: manager, path, body } })
  if (!wasDone(drafted)) return
  const url = `/tenant/v1/capital-calls/${capitalCallView.parse(json(drafted)).id}`
  const approved = await wish(stage, { ...about, call: { token: admin, path: `${url}/approve`, body: {} } })
  if (!wasDone(approved)) return
  const call = { token: manager, path: `${url}/issue`, body: {} }
  const issued = await wish(stage, { ...about, kind: 'call issued', call })
  if (!wasDone(issued)) return
  const read = await ask(stage.front, { token: manager, path: `${url}/lines?limit=100` })
  const { data } = callLinePage.parse(JSON.parse(read.text))
  lines.push(...data.map(({ id, due }) => ({ id, due: toCents(due) })))
}

/** For a line, all of it or a part or too much; or in advance; or once more what somebody else has sent already. */
function booking(stage: Stage, desk: Desk): Wish {
  const about = { kind: 'receipt', fundId: desk.fundId } as const
  const known = stage.chance() < 0.15 ? pick(stage, desk.sent.slice(-5)) : undefined
  if (known) return { ...about, ...known }
  const line = stage.chance() < 0.7 ? pick(stage, desk.lines) : undefined
  const amount = line && line.due > 0n && stage.chance() < 0.6 ? line.due : someMoney(stage)
  const mark = newMark('Wire')
  const body = {
    ...{ bankReference: mark, account, valueDate: day.paid, amount: fromCents(amount), currency: 'EUR' },
    to: line ? { lineId: line.id } : { investorId: pick(stage, desk.investors) },
  }
  const call = { token: desk.manager, path: `/tenant/v1/funds/${desk.fundId}/payments`, body }
  desk.sent.push({ mark, amount, call })
  return { ...about, mark, amount, call }
}

async function recordReceipt(stage: Stage, desk: Desk): Promise<void> {
  const wanted = booking(stage, desk)
  if (stage.chance() < 0.05) return wishAndHangUp(stage, wanted)
  const deed = await wish(stage, wanted)
  if (deed.answer.status !== 201) return
  const { receiptId } = paymentView.parse(json(deed))
  if (receiptId) desk.receipts.push({ id: receiptId, amount: deed.amount })
}

async function bounceReceipt(stage: Stage, { fundId, manager, receipts }: Desk): Promise<void> {
  const [receipt] = receipts.splice(Math.floor(stage.chance() * receipts.length), 1)
  if (!receipt) return
  const url = `/tenant/v1/bank-receipts/${receipt.id}`
  const read = await ask(stage.front, { token: manager, path: url })
  const { version } = receiptChanged.parse(JSON.parse(read.text)).receipt
  const mark = newMark('Bounce')
  const call = { token: manager, path: `${url}/bounce`, body: { version, reason: mark, on: day.bounced } }
  await wish(stage, { kind: 'bounce', mark, fundId, amount: receipt.amount, call })
}

async function refund(stage: Stage, { fundId, manager, investors }: Desk): Promise<void> {
  const mark = newMark('Refund')
  const amount = 1n + someMoney(stage) / 10n
  const body = { investorId: pick(stage, investors), amount: fromCents(amount), on: day.refunded, reason: mark }
  const call = { token: manager, path: `/tenant/v1/funds/${fundId}/prepaid-refunds`, body }
  await wish(stage, { kind: 'refund', mark, fundId, amount, call })
}

async function invest(stage: Stage, desk: Desk): Promise<void> {
  const { fundId, admin, dealId } = desk
  const [mark, amount] = [newMark('Investment'), someMoney(stage)]
  const body = { kind: 'investment', dealId, on: day.invested, amount: fromCents(amount), note: mark }
  const call = { token: admin, path: `/tenant/v1/funds/${fundId}/bookings`, body }
  if (wasDone(await wish(stage, { kind: 'investment', mark, fundId, amount, call }))) desk.held += amount
}

/** A part of what is held, for more or for less than it has cost; now and then more than is held, which is refused. */
async function sell(stage: Stage, desk: Desk): Promise<void> {
  const { fundId, admin, dealId, held } = desk
  const cost = stage.chance() < 0.1 ? held + 1n : 1n + BigInt(Math.floor(stage.chance() * Number(held / 4n)))
  const [mark, amount] = [newMark('Sale'), someMoney(stage)]
  const body = { kind: 'sale', dealId, on: day.sold, amount: fromCents(amount), cost: fromCents(cost), note: mark }
  const call = { token: admin, path: `/tenant/v1/funds/${fundId}/bookings`, body }
  if (cost <= held) desk.held -= cost
  await wish(stage, { kind: 'sale', mark, fundId, amount, call })
}

/** A bank pays in the place of investors, or gets it back; often more than it has paid, which is refused. */
async function useLine(stage: Stage, { fundId, admin }: Desk): Promise<void> {
  const [mark, amount, isDraw] = [newMark('Line'), someMoney(stage), stage.chance() < 0.5]
  const what = isDraw ? { kind: 'line_draw', on: day.drawn } : { kind: 'line_repayment', on: day.repaid }
  const body = { ...what, amount: fromCents(amount), note: mark }
  const call = { token: admin, path: `/tenant/v1/funds/${fundId}/bookings`, body }
  await wish(stage, { kind: isDraw ? 'line draw' : 'line repayment', mark, fundId, amount, call })
}

async function distribute(stage: Stage, { fundId, manager, admin }: Desk): Promise<void> {
  const mark = newMark('Distribution')
  const amount = someMoney(stage)
  const about = { mark, fundId, amount }
  const gross = fromCents(amount)
  const body = { title: mark, distributedOn: day.distributed, returnOfCapital: gross }
  const path = `/tenant/v1/funds/${fundId}/distributions`
  const drafted = await wish(stage, { ...about, kind: 'distribution drafted', call: { token: manager, path, body } })
  if (!wasDone(drafted)) return
  const { id, matrixSha256 } = distributionDetail.parse(json(drafted))
  const url = `/tenant/v1/distributions/${id}`
  const steps: [path: string, token: string, body: object, kind?: Deed['kind']][] = [
    ['submit', manager, {}],
    ['approve', admin, { matrixSha256 }],
    ['declare', manager, { amount: gross }, 'distribution declared'],
    ['pay', manager, { amount: gross, paidOn: day.distributed }, 'distribution paid'],
  ]
  for (const [step, token, given, kind] of steps) {
    const deed = await wish(stage, { ...about, kind, call: { token, path: `${url}/${step}`, body: given } })
    if (!wasDone(deed)) return
  }
}

/** Does one thing after another, and ends with a whole one. */
export async function work(stage: Stage): Promise<void> {
  while (!stage.ended) {
    const desk = pick(stage, stage.desks)
    if (!desk) throw new Error('there is no fund')
    const dice = stage.chance()
    if (dice < 0.06) await raiseCall(stage, desk)
    else if (dice < 0.62) await recordReceipt(stage, desk)
    else if (dice < 0.66) await useLine(stage, desk)
    else if (dice < 0.7) await invest(stage, desk)
    else if (dice < 0.74) await sell(stage, desk)
    else if (dice < 0.84) await bounceReceipt(stage, desk)
    else if (dice < 0.94) await refund(stage, desk)
    else await distribute(stage, desk)
  }
}
