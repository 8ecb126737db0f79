'use client'
import { Button, Checkbox, Popover, PopoverContent, PopoverTrigger } from '@throughline/ui'
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import { useId } from 'react'
import type { DealColumn } from './deal-columns.tsx'
import type { ColumnChoice } from './use-columns.ts'

/** Which columns there are, and in which order. */
export function ColumnChooser({ all, columns, choose, reset }: ColumnChoice) {
  const id = useId()
  const keys = columns.map(({ key }) => key)
  const hidden = all.filter(({ key }) => !keys.includes(key))
  const shift = (index: number, step: number) => {
    const [moved] = keys.slice(index, index + 1)
    if (moved) choose(keys.toSpliced(index, 1).toSpliced(index + step, 0, moved))
  }
  const box = ({ key, header }: DealColumn, on: boolean) => (
    <span className="flex min-w-0 flex-1 items-center gap-2.5">
      <Checkbox
        id={`${id}-${key}`}
        checked={on}
        disabled={key === 'title'}
        onChange={() => choose(on ? keys.filter((each) => each !== key) : [...keys, key])}
      />
      <label htmlFor={`${id}-${key}`} className="flex-1 truncate py-1.5">
        {header}
      </label>
    </span>
  )
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button size="sm" className="max-sm:hidden">
          <Columns3 aria-hidden /> Columns
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-64 p-2 text-sm" aria-label="Columns">
        <ul className="grid max-h-96 overflow-y-auto">
          {columns.map((column, index) => (
            <li key={column.key} className="flex items-center gap-1 rounded-lg px-2 hover:bg-sunken">
              {box(column, true)}
              <Button
                kind="ghost"
                size="icon"
                className="size-7"
                aria-label={`Move ${column.header} up`}
                disabled={index < 2}
                onClick={() => shift(index, -1)}
              >
                <ArrowUp aria-hidden />
              </Button>
              <Button
                kind="ghost"
                size="icon"
                className="size-7"
                aria-label={`Move ${column.header} down`}
                disabled={index === 0 || index === columns.length - 1}
                onClick={() => shift(index, 1)}
              >
                <ArrowDown aria-hidden />
              </Button>
            </li>
          ))}
          {hidden.map((column) => (
            <li key={column.key} className="flex items-center rounded-lg px-2 text-muted hover:bg-sunken">
              {box(column, false)}
            </li>
          ))}
        </ul>
        <Button kind="ghost" size="sm" className="mt-1 w-full" onClick={reset}>
          The usual columns
        </Button>
      </PopoverContent>
    </Popover>
  )
}
