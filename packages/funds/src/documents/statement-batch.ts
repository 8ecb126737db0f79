// The figures of the statements of a batch of investors, in a constant number of statements.
import type { Ctx } from '@throughline/db'
import { fundToRead, readHappenings } from '../books/index.ts'
import { type CommitmentEvent, positionOn } from '../commitments/index.ts'
import { toMinor } from '../minor-units.ts'
import { type NavLink, quarterOf, type StatementFigures, statementFigures } from './statement.rules.ts'
import { readContributions, readDistributed, readNames, readNavChains } from './statements.repo.ts'

export interface StatementOf {
  investorId: string
  code: string
  firm: string
  vintage: number
  figures: StatementFigures
}

const withCommitment = 'Transferred with the commitment'
const byDay = <T extends { date: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))

/** What came, or went, with commitments: whoever has a commitment has its history. */
const transfersOf = (events: readonly CommitmentEvent[]) =>
  events.flatMap((event) => {
    if (event.kind !== 'transferred_in' && event.kind !== 'transferred_out') return []
    return [{ date: event.date, sign: event.kind === 'transferred_in' ? 1n : -1n, part: event.part }]
  })

/** @throws AppError not_found for a fund that there is not */
export async function statementsOf(
  ctx: Ctx,
  fundId: string,
  period: string,
  investorIds: readonly string[],
): Promise<StatementOf[]> {
  const fund = await fundToRead(ctx, fundId)
  const quarter = quarterOf(period)
  const until = [fundId, quarter.lastDay, investorIds] as const
  const inMinor = (decimal: string) => toMinor(decimal, fund.currency)
  const happened = await readHappenings(ctx, fundId, investorIds)
  const chains = Map.groupBy(await readNavChains(ctx.db, ...until), ({ investorId }) => investorId)
  const contributions = Map.groupBy(await readContributions(ctx.db, ...until), ({ investorId }) => investorId)
  const distributed = Map.groupBy(await readDistributed(ctx.db, ...until), ({ investorId }) => investorId)
  const { legalName, currency, vintage, terms } = fund
  return (await readNames(ctx.db, investorIds)).map(({ id, code, name, firm }) => {
    const events = (happened.get(id) ?? []).filter(({ date }) => date <= quarter.lastDay)
    const { commitment, called, unfunded, stillRecallable } = positionOn(events, quarter.lastDay)
    const chain = (chains.get(id) ?? []).map(
      ({ asOf, ...row }): NavLink => ({
        asOf,
        beginning: inMinor(row.beginning),
        contributions: inMinor(row.contributions),
        distributions: inMinor(row.distributions),
        income: inMinor(row.income),
        fees: inMinor(row.fees),
        unrealised: inMinor(row.unrealised),
        carry: inMinor(row.carry),
        ending: inMinor(row.ending),
      }),
    )
    const figures = statementFigures({
      firm,
      fund: {
        ...{ legalName, currency, vintage },
        ...{ recallablePolicy: terms.recallablePolicy, recyclingCap: terms.recyclingCap },
      },
      investor: { code, name },
      quarter,
      chain,
      contributions: byDay([
        ...(contributions.get(id) ?? []).map(({ date, purpose, inside, outside }) => ({
          date,
          purpose,
          inside: BigInt(inside),
          outside: BigInt(outside),
        })),
        ...transfersOf(events).map(({ date, sign, part }) => ({
          date,
          purpose: withCommitment,
          inside: sign * part.funded,
          outside: sign * part.fundedOutside,
        })),
      ]),
      distributions: byDay([
        ...(distributed.get(id) ?? []).map(({ date, title, gross, recallable, withheld }) => ({
          date,
          title,
          gross: BigInt(gross),
          recallable: BigInt(recallable),
          withheld: inMinor(withheld),
        })),
        ...transfersOf(events).flatMap(({ date, sign, part }) =>
          part.distributed === 0n
            ? []
            : [
                {
                  date,
                  title: withCommitment,
                  gross: sign * part.distributed,
                  recallable: sign * part.recallable,
                  withheld: 0n,
                },
              ],
        ),
      ]),
      standing: { commitment, called, unfunded, stillRecallable },
    })
    return { investorId: id, code, firm, vintage, figures }
  })
}
