'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { RequestExport } from '@throughline/contracts'
import { ApiError, Button, formatCountdown, messageOf, toast, useSession } from '@throughline/ui'
import { Download } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { postExport } from './exports.api.ts'

/** What the API says; where it says to wait, how long. */
const reasonOf = (error: Error): string =>
  error instanceof ApiError && error.code === 'rate_limited' && error.retryAfterSeconds !== undefined
    ? `One export in five minutes. The next one is possible in ${formatCountdown(error.retryAfterSeconds)}.`
    : messageOf(error)

/** What a list shows as a CSV file: its kind, filter, sort and columns. Nothing for who may not take records out. */
export function ExportButton({ definition }: { definition: RequestExport }) {
  const { may } = useSession()
  const router = useRouter()
  const client = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: postExport,
    onSuccess: ({ export: asked }) =>
      toast.success('The export is being written', {
        description: 'A notification and a mail lead to the file once it is ready.',
        action: { label: 'See it', onClick: () => router.push(`/exports/${asked.id}`) },
      }),
    onError: (error) => toast.error('The export was not started', { description: reasonOf(error) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['exports'] }),
  })
  if (!may('deal:export')) return null
  return (
    <Button onClick={() => mutate(definition)} disabled={isPending}>
      <Download aria-hidden /> Export
    </Button>
  )
}
