'use client'
import { useQuery } from '@tanstack/react-query'
import { isSome, type LedgerEntryView, type TrialBalance } from '@throughline/contracts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Field,
  formatDay,
  formatMoney,
  Input,
  Select,
  useSession,
} from '@throughline/ui'
import { useState } from 'react'
import { happenedWord } from '../funds/happened-words.ts'
import { useFund } from '../funds/use-fund.ts'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { readEntries, readTrialBalance } from './books.api.ts'
import { EntryPanel } from './entry-panel.tsx'
import { LockDialog } from './lock-dialog.tsx'

type Balance = TrialBalance['data'][number]

/** A side without an amount is left empty, as an accountant writes it. */
const sideOf = (amount: string, currency: string) => (isSome(amount) ? formatMoney(amount, currency) : '–')

const balanceColumns = (currency: string): Column<Balance>[] => [
  { header: 'Account', cell: ({ name }) => name, className: 'min-w-44' },
  { header: 'Type', cell: ({ type }) => type, wide: true },
  { header: 'Debit', cell: ({ debit }) => sideOf(debit, currency), numeric: true },
  { header: 'Credit', cell: ({ credit }) => sideOf(credit, currency), numeric: true },
]

const entryColumns = (currency: string, onOpen: (id: string) => void): Column<LedgerEntryView>[] => [
  {
    header: 'Entry',
    cell: ({ id, number, kind }) => (
      <button type="button" className="text-left font-medium hover:underline" onClick={() => onOpen(id)}>
        {number}. {happenedWord(kind)}
      </button>
    ),
    className: 'min-w-40',
  },
  { header: 'Day', cell: ({ effectiveOn }) => formatDay(effectiveOn), className: 'whitespace-nowrap' },
  { header: 'Reason', cell: ({ reason, reversedById }) => (reversedById ? 'taken back' : (reason ?? '–')), wide: true },
  { header: 'Amount', cell: ({ amount }) => formatMoney(amount, currency), numeric: true },
]

/** The accounts of a fund at the end of a day, and every entry behind them. */
export function BooksScreen({ fundId }: { fundId: string }) {
  const { may } = useSession()
  const { data: fund } = useFund(fundId)
  const [chosenDay, setDay] = useState('')
  const [account, setAccount] = useState('')
  const [entryId, setEntryId] = useState<string>()
  const [isLocking, setLocking] = useState(false)
  const balance = useQuery({
    queryKey: ['fund', fundId, 'trial-balance', chosenDay],
    queryFn: ({ signal }) => readTrialBalance(fundId, chosenDay, signal),
  })
  const entries = useRecordPages('fund', { fundId, list: 'entries', account }, (cursor, signal) =>
    readEntries(fundId, { account, cursor }, signal),
  )
  if (!fund) return null
  const { currency, asOf: today } = fund
  const mayPost = may('ledger:post')
  return (
    <div className="grid gap-8">
      <section aria-labelledby="trial-balance" className="grid gap-3">
        <div className="flex flex-wrap items-end justify-between gap-3">
          <div>
            <h2 id="trial-balance" className="font-semibold">
              Trial balance
            </h2>
            {balance.data ? (
              <p className="text-muted text-sm">
                {formatMoney(balance.data.debit, currency)} debits, {formatMoney(balance.data.credit, currency)}{' '}
                credits, net assets {formatMoney(balance.data.netAssets, currency)}.{' '}
                {balance.data.lockedThrough
                  ? `Locked through ${formatDay(balance.data.lockedThrough)}.`
                  : 'Not locked.'}
              </p>
            ) : null}
          </div>
          <div className="flex flex-wrap items-end gap-2">
            <Field label="As of">
              {(ids) => (
                <Input
                  {...ids}
                  type="date"
                  value={chosenDay || today}
                  onChange={({ target }) => setDay(target.value)}
                />
              )}
            </Field>
            {mayPost && balance.data ? <Button onClick={() => setLocking(true)}>Lock</Button> : null}
          </div>
        </div>
        <DataTable
          label="Trial balance"
          columns={balanceColumns(currency)}
          rows={balance.data?.data}
          keyOf={(row) => row.account}
          error={balance.data ? undefined : balance.error}
          onRetry={() => void balance.refetch()}
          empty={<EmptyState title="No account has a balance on this day" />}
        />
      </section>
      <section aria-labelledby="entries" className="grid gap-3">
        <div className="flex flex-wrap items-end justify-between gap-3">
          <h2 id="entries" className="font-semibold">
            Entries
          </h2>
          <Field label="Account">
            {(ids) => (
              <Select {...ids} value={account} onChange={({ target }) => setAccount(target.value)}>
                <option value="">All accounts</option>
                {balance.data?.data.map((row) => (
                  <option key={row.account} value={row.account}>
                    {row.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <DataTable
          label="Entries"
          columns={entryColumns(currency, setEntryId)}
          rows={entries.rows}
          keyOf={({ id }) => id}
          error={entries.rows ? undefined : entries.error}
          onRetry={() => void entries.refetch()}
          empty={<EmptyState title="Nothing was booked yet" />}
          footer={entries.hasNextPage ? <LoadMore query={entries} /> : null}
        />
      </section>
      {entryId ? (
        <EntryPanel
          key={entryId}
          {...{ fundId, currency, today, entryId, mayPost }}
          onClose={() => setEntryId(undefined)}
        />
      ) : null}
      {isLocking && balance.data ? (
        <LockDialog fundId={fundId} balance={balance.data} onClose={() => setLocking(false)} />
      ) : null}
    </div>
  )
}
