'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ImportSourceView } from '@throughline/contracts'
import { Button, Card, ConfirmDialog, formatAge, messageOf, toast } from '@throughline/ui'
import { useState } from 'react'
import { kindLabels } from './import-labels.ts'
import { deleteSource, readSources } from './imports.api.ts'

function ForgetDialog({ source, onClose }: { source: ImportSourceView; onClose(): void }) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: deleteSource,
    onSuccess: () => {
      toast.success(`“${source.name}” is forgotten`)
      onClose()
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['import-sources'] }),
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Forget “${source.name}”?`}
      confirm="Forget source"
      onConfirm={() => mutate(source.id)}
      busy={isPending}
      refusal={error ? messageOf(error) : undefined}
      danger
    >
      <p>The next file with its columns is looked at anew. What was imported stays.</p>
    </ConfirmDialog>
  )
}

/** Mappings that are proposed again for files with the same columns. To change one, import such a file and save it anew. */
export function SourcesSection() {
  const [forgetting, setForgetting] = useState<ImportSourceView>()
  const { data } = useQuery({ queryKey: ['import-sources'], queryFn: ({ signal }) => readSources(signal) })
  if (!data || data.data.length === 0) return null
  return (
    <section aria-labelledby="saved-sources" className="mt-8">
      <h2 id="saved-sources" className="mb-3 font-semibold text-lg">
        Saved sources
      </h2>
      <Card>
        <ul className="divide-y divide-line">
          {data.data.map((source) => (
            <li key={source.id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
              <div className="min-w-0">
                <p className="truncate font-medium">{source.name}</p>
                <p className="text-muted text-sm">
                  {kindLabels[source.kind]}, {source.headers.length} columns, saved {formatAge(source.updatedAt)}
                </p>
              </div>
              <Button aria-label={`Forget ${source.name}`} onClick={() => setForgetting(source)}>
                Forget
              </Button>
            </li>
          ))}
        </ul>
      </Card>
      {forgetting ? <ForgetDialog source={forgetting} onClose={() => setForgetting(undefined)} /> : null}
    </section>
  )
}
