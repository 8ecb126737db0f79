'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { CapitalCallDetail } from '@throughline/contracts'
import { Button, Field, formatMoney, Input, Select, toast, useSession } from '@throughline/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { TypedConfirm } from '../money/typed-confirm.tsx'
import { draftOvercall } from './calls.api.ts'

/** Drafts what the others make up for, of one component. */
export function OvercallButton({ call }: { call: CapitalCallDetail }) {
  const { may } = useSession()
  const router = useRouter()
  const client = useQueryClient()
  const possible = call.components.filter(({ kind, insideCommitment }) => kind !== 'FEE' && insideCommitment)
  const [asks, setAsks] = useState(false)
  const [wish, setWish] = useState({ componentId: possible[0]?.id ?? '', noticeDate: '', dueDate: '' })
  if (!may('capital_call:draft') || possible.length === 0) return null
  const take = async (key: string) => {
    const { id } = await draftOvercall(call.id, wish, { key })
    await client.invalidateQueries({ queryKey: ['calls'] })
    toast('The overcall is drafted')
    router.push(`/funds/${call.fundId}/calls/${id}`)
  }
  return (
    <>
      <Button size="sm" onClick={() => setAsks(true)}>
        Ask the others
      </Button>
      {asks ? (
        <TypedConfirm
          title="Draft an overcall?"
          word={call.shortfall}
          confirm="Draft the overcall"
          wish={JSON.stringify(wish)}
          incomplete={wish.noticeDate === '' || wish.dueDate === ''}
          onClose={() => setAsks(false)}
          onConfirm={take}
        >
          <p>
            Those who are not in default make up for {formatMoney(call.shortfall, call.currency)}, up to the cap of the
            fund. It is a draft, and goes the way of every call.
          </p>
          <Field label="Component">
            {(ids) => (
              <Select
                {...ids}
                value={wish.componentId}
                onChange={(event) => setWish({ ...wish, componentId: event.target.value })}
              >
                {possible.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {(['noticeDate', 'dueDate'] as const).map((name) => (
            <Field key={name} label={name === 'noticeDate' ? 'Notice date' : 'Due date'}>
              {(ids) => (
                <Input
                  {...ids}
                  type="date"
                  value={wish[name]}
                  onChange={(event) => setWish({ ...wish, [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </TypedConfirm>
      ) : null}
    </>
  )
}
