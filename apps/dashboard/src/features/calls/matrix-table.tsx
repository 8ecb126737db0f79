'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { CapitalCallMatrix } from '@throughline/contracts'
import { Badge, Card, formatMoney, Input } from '@throughline/ui'
import { useMemo, useRef, useState } from 'react'
import { exclusionWords } from './call-words.ts'

type Line = CapitalCallMatrix['lines'][number]
type Part = Line['parts'][number]

const rowHeight = 44

/** Floor, the cent that the remainder gave, and what was taken back: how a part came about. */
const proofOf = ({ ideal, floor, remainder, extraCent, takenBack }: Part): string =>
  `ideal ${ideal} = floor ${floor} + remainder ${remainder}${extraCent ? '; rounded up' : ''}${
    Number(takenBack) > 0 ? `; ${takenBack} taken back, because others are ahead` : ''
  }`

function Cells({ line, matrix }: { line: Line; matrix: CapitalCallMatrix }) {
  const parts = new Map(line.parts.map((part) => [part.componentId, part]))
  return (
    <>
      <th scope="row" className="min-w-40 px-3 py-2 text-left font-normal">
        <span className="block truncate font-medium">{line.name}</span>
        <span className="block truncate text-muted text-xs">{line.code}</span>
      </th>
      <td className="tabular px-3 text-right">{line.commitment}</td>
      <td className="tabular px-3 text-right">{line.uncalledBefore}</td>
      {matrix.components.map(({ id }) => {
        const part = parts.get(id)
        return (
          <td key={id} className="tabular px-3 text-right">
            {part ? (
              <>
                <span className="block">{part.amount}</span>
                <span className="block whitespace-nowrap text-muted text-xs">{proofOf(part)}</span>
              </>
            ) : (
              <span className="text-muted">none</span>
            )}
          </td>
        )
      })}
      <td className="tabular px-3 text-right font-semibold">{line.due}</td>
      <td className="tabular px-3 text-right">{Number(line.recalled) > 0 ? line.recalled : ''}</td>
      <td className="tabular px-3 text-right">{line.uncalledAfter}</td>
    </>
  )
}

/** All lines of a call before it is issued, each with its proof; as many as are in sight are drawn. */
export function MatrixTable({ matrix }: { matrix: CapitalCallMatrix }) {
  const [typed, setTyped] = useState('')
  const box = useRef<HTMLElement>(null)
  const lines = useMemo(() => {
    const wanted = typed.trim().toLowerCase()
    return wanted === ''
      ? matrix.lines
      : matrix.lines.filter(({ name, code }) => `${name} ${code}`.toLowerCase().includes(wanted))
  }, [matrix, typed])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight + 8,
    overscan: 12,
  })
  const rows = virtual.getVirtualItems()
  const before = rows[0]?.start ?? 0
  const after = virtual.getTotalSize() - (rows.at(-1)?.end ?? 0)
  const headings = [
    ...['Investor', 'Commitment', 'Uncalled'].map((label) => ({ key: label, label })),
    // Two components may have one name.
    ...matrix.components.map(({ id, label }) => ({ key: id, label })),
    ...['Due', 'Recalled', 'Uncalled after'].map((label) => ({ key: label, label })),
  ]
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3 text-sm">
        <p>
          <span className="font-semibold">{formatMoney(matrix.amount, matrix.currency)}</span> of {matrix.lines.length}{' '}
          investors. Remainders decide who pays the last cents; who paid one more before is behind now.
        </p>
        <Input
          type="search"
          aria-label="Find an investor"
          placeholder="Find an investor"
          className="w-56"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Card className="overflow-hidden">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <section ref={box} tabIndex={0} aria-label="Lines of the call" className="max-h-[28rem] overflow-auto">
          <table className="w-full text-sm" aria-rowcount={lines.length + 1}>
            <thead className="sticky top-0 z-10 bg-sunken text-muted text-xs">
              <tr>
                {headings.map(({ key, label }, index) => (
                  <th
                    key={key}
                    scope="col"
                    className={`px-3 py-2.5 font-medium whitespace-nowrap ${index === 0 ? 'text-left' : 'text-right'}`}
                  >
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
              {rows.map(({ index, key }) => {
                const line = lines[index]
                return line ? (
                  <tr
                    key={key}
                    ref={virtual.measureElement}
                    data-index={index}
                    aria-rowindex={index + 2}
                    className="border-line border-t"
                  >
                    <Cells line={line} matrix={matrix} />
                  </tr>
                ) : null
              })}
              {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
            </tbody>
          </table>
          {lines.length === 0 ? (
            <p className="p-6 text-center text-muted text-sm">Nobody is called like that.</p>
          ) : null}
        </section>
      </Card>
      <Excluded matrix={matrix} />
    </div>
  )
}

/** Who does not pay a component, and why. */
function Excluded({ matrix: { excluded, components } }: { matrix: CapitalCallMatrix }) {
  if (excluded.length === 0) return null
  const labels = new Map(components.map(({ id, label }) => [id, label]))
  return (
    <details className="text-sm">
      <summary className="cursor-pointer font-medium">{excluded.length} left out of a component</summary>
      <ul className="mt-2 grid max-h-60 gap-1 overflow-y-auto">
        {excluded.map(({ investorId, name, componentId, reason, note }) => (
          <li key={`${investorId} ${componentId}`} className="flex flex-wrap items-center gap-2">
            <span>{name}</span>
            <span className="text-muted">{labels.get(componentId)}</span>
            <Badge>{exclusionWords[reason]}</Badge>
            {note ? <span className="text-muted">{note}</span> : null}
          </li>
        ))}
      </ul>
    </details>
  )
}
