'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { DistributionDetail, DraftDistribution, FundView } from '@throughline/contracts'
import { ApiError, formatDay, formatMoney, toast } from '@throughline/ui'
import { useRouter } from 'next/navigation'
import { TypedConfirm } from '../money/typed-confirm.tsx'
import { postDraft, putDraft } from './distributions.api.ts'

interface SaveProps {
  fund: FundView
  before: DistributionDetail | undefined
  version: number | undefined
  request: DraftDistribution
  amount: string
  /** Somebody else has changed it since it was read. */
  onOvertaken(): Promise<void>
  onClose(): void
}

/** The last question before a draft is written, or written anew; an edit that came too late is told of, not tried. */
export function SaveQuestion({ fund, before, version, request, amount, onOvertaken, onClose }: SaveProps) {
  const router = useRouter()
  const client = useQueryClient()
  const save = async (key: string) => {
    const saved = before
      ? await putDraft(before.id, { ...request, version }, key)
      : await postDraft(fund.id, request, key)
    await client.invalidateQueries({ queryKey: ['fund'] })
    toast.success(
      !before
        ? 'The draft is saved'
        : before.state === 'DRAFT'
          ? 'The draft is changed'
          : 'Changed: it is a draft again',
    )
    router.push(`/funds/${fund.id}/distributions/${saved.id}`)
  }
  // What somebody else has written is told of on the page, beside what was typed; the question is closed.
  const saveOrTell = (key: string) =>
    save(key).catch((refusal: unknown) => {
      if (refusal instanceof ApiError && refusal.status === 412) return onOvertaken()
      throw refusal
    })
  return (
    <TypedConfirm
      title={before ? 'Save this distribution?' : 'Draft this distribution?'}
      word={amount}
      confirm={before ? 'Save the distribution' : 'Save draft'}
      wish={String(version)}
      onClose={onClose}
      onConfirm={saveOrTell}
    >
      <p>
        {request.title}: {formatMoney(amount, fund.currency)} on {formatDay(request.distributedOn)}. A draft touches no
        figure; somebody else approves it, and then it is declared.
        {before && before.state !== 'DRAFT' ? ' Its approval is taken back.' : ''}
      </p>
    </TypedConfirm>
  )
}
