'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { messageOf, toast } from '@throughline/ui'
import { postPurge, postRestore, type Records, removeRecord } from './records.api.ts'

export interface NamedRecord {
  id: string
  name: string
  version: number
}

/** Answers that a change of a company or contact makes old. */
const staleKeys = ['companies', 'company', 'contacts', 'contact', 'deals', 'deal', 'duplicates']

export function useStaleRecords() {
  const client = useQueryClient()
  return () => Promise.all(staleKeys.map((key) => client.invalidateQueries({ queryKey: [key] })))
}

/** Into the trash with a way back, out of it, and away for good. */
export function useTrash(what: Records) {
  const refresh = useStaleRecords()
  const failed = (error: unknown) => toast.error(messageOf(error))
  const restore = useMutation({
    mutationFn: ({ id }: NamedRecord) => postRestore(what, id),
    onSuccess: (_state, { name }) => toast.success(`${name} is back`),
    onError: failed,
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: ({ id, version }: NamedRecord) => removeRecord(what, id, version),
    onSuccess: (_nothing, record) =>
      toast.success(`${record.name} is in the trash`, {
        action: { label: 'Undo', onClick: () => restore.mutate(record) },
      }),
    onError: failed,
    onSettled: refresh,
  })
  const purge = useMutation({
    mutationFn: ({ id }: NamedRecord) => postPurge(what, id),
    onSuccess: (_nothing, { name }) => toast.success(`${name} is gone for good`),
    onError: failed,
    onSettled: refresh,
  })
  return { restore, remove, purge }
}
