// A call becomes what investors owe: number, lines, positions, carries, entry, holds on deals, in one transaction and in as many
// statements for five thousand investors as for one.
import { AppError, type CapitalCallView } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { holdAllocatedDeals, holdDeals } from '../allocations/index.ts'
import { type Beside, type HeldFund, happen, type KeptPosition, post, takeNumbers } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { renderNoticesJob } from '../documents/documents.jobs.ts'
import { readInvestorNames } from '../investors/index.ts'
import { callIssued } from '../ledger/index.ts'
import { fromMinor } from '../minor-units.ts'
import { checkReferences } from '../payments/index.ts'
import { drawPrepaid } from '../receivables/index.ts'
import { refused } from '../refused.ts'
import { type Computed, computeStored, dealsOf } from './call-matrix.ts'
import { callToChange, checkAction, told } from './call-to-change.ts'
import { type CallRow, readFundPlace, readReferencesOfFund, writeIssued, writeTotalWeights } from './calls.repo.ts'
import { insertLines, type NewLine } from './lines.repo.ts'
import { carriesAfter, type MatrixLine, totalWeightOf, weightIn } from './matrix.rules.ts'
import { partsOf } from './parts.rules.ts'
import { referencesOf } from './references.rules.ts'

/**
 * Issues an approved call, effective on its notice date.
 * @throws AppError not_found, stale_version, illegal_transition; conflict when positions have changed since the approval, or a
 * deal is won no more; unprocessable before the notice date, or in a locked period
 */
export function issueCall(ctx: Ctx, callId: string, version?: number): Promise<CapitalCallView> {
  return ctx.db.transaction(async () => {
    const { fund, call } = await callToChange(ctx, callId, version)
    checkAction(ctx, call, 'issue')
    const today = dayIn(fund.timeZone, ctx.now())
    if (call.noticeDate > today) throw refused(`The notice is dated ${call.noticeDate}: issue it then.`, { today })
    const computed = await computeStored(ctx, fund, call)
    if (computed.sha256 !== call.matrixSha256)
      throw new AppError('conflict', {
        message:
          'Positions have changed since approval, so the lines would be others: return the call and approve it anew.',
        details: { approved: call.matrixSha256, present: computed.sha256 },
      })
    const dealIds = dealsOf(computed.components)
    await holdAllocatedDeals(ctx, fund, dealIds)
    const number = Number(await takeNumbers(ctx.db, fund.id, 'call', 1))
    const issue: Issue = { fund, call, computed, number }
    await writeIssued(ctx.db, callId, { actorId: ctx.actor.id, now: ctx.now(), number })
    await writeLines(ctx, issue)
    await enter(ctx, issue, dealIds)
    const label = `Capital call ${number} of ${fund.name}`
    await drawPrepaidAtIssue(ctx, issue, today)
    if (dealIds.length > 0) await holdDeals(ctx.db, dealIds, { callId, label, now: ctx.now() })
    await enqueue(ctx, renderNoticesJob, { subject: 'capital_call', subjectId: callId })
    return told(ctx, callId, 'issued', { after: { number, lines: computed.matrix.lines.length } })
  })
}

interface Issue {
  fund: HeldFund
  call: CallRow
  computed: Computed
  number: number
}

const excusedLine = (investorId: string, { commitment }: KeptPosition): MatrixLine => ({
  investorId,
  commitment,
  due: 0n,
  inside: 0n,
  outside: 0n,
  recalled: 0n,
  uncalledBefore: 0n,
  components: [],
})

/** Who is excused from everything gets a line of nothing: it says so, and asks for nothing. */
function wholeLines({ matrix, positions }: Computed): { line: MatrixLine; excused: boolean }[] {
  const taking = new Set(matrix.lines.map(({ investorId }) => investorId))
  const excused = new Set(
    matrix.excluded.flatMap(({ investorId, reason }) =>
      reason === 'excused' && !taking.has(investorId) ? [investorId] : [],
    ),
  )
  return [
    ...matrix.lines.map((line) => ({ line, excused: false })),
    ...positions
      .filter(({ investorId }) => excused.has(investorId))
      .map((position) => ({ line: excusedLine(position.investorId, position), excused: true })),
  ]
}

async function writeLines(ctx: Ctx, { fund, call, computed, number }: Issue): Promise<void> {
  const { components, positions, matrix } = computed
  const byId = new Map(positions.map((position) => [position.investorId, position]))
  const kinds = new Map(components.map((component) => [component.id, component]))
  const all = wholeLines(computed)
  const references = await newReferences(
    ctx,
    fund,
    all.map(({ line }) => line.investorId),
    number,
  )
  const decimal = (amount: bigint) => fromMinor(amount, fund.currency)
  const rows = all.map(({ line, excused }): NewLine => {
    const position = byId.get(line.investorId)
    return {
      investorId: line.investorId,
      reference: references.get(line.investorId) ?? '',
      due: decimal(line.due),
      inside: decimal(line.inside),
      outside: decimal(line.outside),
      recalled: decimal(line.recalled),
      excused,
      unfundedBefore: decimal(line.uncalledBefore),
      components: partsOf(line, fund.currency, (componentId) => {
        const component = kinds.get(componentId)
        return position && component ? weightIn(position, component) : 0n
      }),
    }
  })
  await insertLines(ctx.db, { callId: call.id, fundId: fund.id, dueDate: call.dueDate, now: ctx.now() }, rows)
  if (call.overcallsComponentId) return
  const weights = components.map((component) => ({
    id: component.id,
    weight: String(totalWeightOf(matrix, component, byId)),
  }))
  await writeTotalWeights(ctx.db, call.id, weights)
}

/** @throws AppError unprocessable where two references of the fund could be taken for one another */
async function newReferences(
  ctx: Ctx,
  fund: HeldFund,
  investorIds: readonly string[],
  number: number,
): Promise<ReadonlyMap<string, string>> {
  const investors = [...(await readInvestorNames(ctx.db, investorIds)).values()]
  const place = await readFundPlace(ctx.db, fund.id)
  const references = referencesOf(
    investors.map(({ code }) => code),
    { fund: place, call: number },
  )
  checkReferences([...(await readReferencesOfFund(ctx.db, fund.id)), ...references])
  return new Map(investors.map(({ id }, index) => [id, references[index] ?? '']))
}

/** Entry, events of the positions, and what rounding has left over for the next call. */
async function enter(ctx: Ctx, { fund, call, computed }: Issue, dealIds: readonly string[]): Promise<void> {
  const { matrix, positions, components } = computed
  const source = { kind: 'capital_call', id: call.id } as const
  const owing = matrix.lines.filter(({ due }) => due > 0n)
  const entry = callIssued(
    owing.map(({ investorId, inside, outside }) => ({
      investorId,
      insideCommitment: inside,
      outsideCommitment: outside,
    })),
  )
  const dealId = dealIds.length === 1 ? dealIds[0] : undefined
  await post(ctx, fund, [{ entry, effectiveOn: call.noticeDate, source, dealId }])
  const happenings = owing.map(({ investorId, inside, outside, recalled }) => ({
    investorId,
    source,
    event: {
      kind: 'called' as const,
      date: call.noticeDate,
      callId: call.id,
      insideCommitment: inside,
      outsideCommitment: outside,
      recalled,
    },
  }))
  const carried = call.overcallsComponentId ? new Map() : carriesOf({ matrix, positions, components })
  await happen(ctx, fund, happenings, carried, positions)
}

function carriesOf({ matrix, positions, components }: Pick<Computed, 'matrix' | 'positions' | 'components'>) {
  const byId = new Map(positions.map((position) => [position.investorId, position]))
  const known = new Map(
    components.map((component) => [component.id, { component, totalWeight: totalWeightOf(matrix, component, byId) }]),
  )
  return new Map(
    matrix.lines.flatMap(({ investorId, components: parts }): [string, Beside][] => {
      const position = byId.get(investorId)
      if (!position) return []
      const carried = parts.flatMap(({ componentId, amount }) => {
        const found = known.get(componentId)
        if (!found) return []
        const { component, totalWeight } = found
        const weight = weightIn(position, component)
        return [{ kind: component.kind, amount: component.amount, weight, totalWeight, line: amount }]
      })
      return [[investorId, { carries: carriesAfter(position.carries, carried, 1) }]]
    }),
  )
}

/** What investors have prepaid pays their oldest lines. */
async function drawPrepaidAtIssue(ctx: Ctx, { fund, call, computed }: Issue, on: string): Promise<void> {
  const prepaid = new Set(
    computed.positions.filter((position) => position.prepaid > 0n).map(({ investorId }) => investorId),
  )
  const investorIds = computed.matrix.lines.map(({ investorId }) => investorId).filter((id) => prepaid.has(id))
  if (investorIds.length > 0) await drawPrepaid(ctx, fund, { investorIds, on, callId: call.id })
}
