'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { readCustomFields } from './custom-fields.api.ts'

const customFieldsKey = ['custom-fields'] as const

/** The fields that the firm made up, in its order; those in use apart from those that are archived. */
export function useCustomFields() {
  const { data, error, refetch } = useQuery({
    queryKey: customFieldsKey,
    queryFn: ({ signal }) => readCustomFields(signal),
    staleTime: 5 * 60_000,
  })
  return useMemo(() => {
    const all = data?.data
    return {
      fields: all?.filter(({ archivedAt }) => archivedAt === null),
      archived: all?.filter(({ archivedAt }) => archivedAt !== null) ?? [],
      error,
      refetch,
    }
  }, [data, error, refetch])
}

/** Changes a definition; refused or not, the fields are read again: they may be old. */
export function useFieldChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  onDone?: (output: Output) => void,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (output) => onDone?.(output),
    onSettled: () => client.invalidateQueries({ queryKey: customFieldsKey }),
  })
}
