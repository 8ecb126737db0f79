'use client'
import { Button, ConfirmDialog, useSession } from '@throughline/ui'
import { RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { kindOf, type Records } from './records.api.ts'
import type { Going } from './use-going.ts'
import { type NamedRecord, useTrash } from './use-trash.ts'

interface Props {
  what: Records
  record: NamedRecord & { owner: { id: string } | null }
}

/** What can be done with a record in the trash. */
export function TrashActions({ what, record }: Props) {
  const { user, may } = useSession()
  const { restore, purge } = useTrash(what)
  const [asking, setAsking] = useState(false)
  const own = user?.role !== 'member' || record.owner?.id === user.id
  const mayRestore = own && may(`${kindOf[what].kind}:update`)
  return (
    <span className="flex flex-wrap gap-2">
      {mayRestore ? (
        <Button size="sm" onClick={() => restore.mutate(record)} disabled={restore.isPending}>
          <RotateCcw aria-hidden /> Restore <span className="sr-only">{record.name}</span>
        </Button>
      ) : null}
      {may('record:purge') ? (
        <Button size="sm" kind="ghost" onClick={() => setAsking(true)}>
          <Trash2 aria-hidden /> Delete for good <span className="sr-only">{record.name}</span>
        </Button>
      ) : null}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${record.name} for good?`}
        confirm="Delete for good"
        danger
        busy={purge.isPending}
        onConfirm={() => purge.mutate(record, { onSettled: () => setAsking(false) })}
      >
        <p>
          It cannot be brought back. Deals stay, and no longer name it. What is in the trash goes by itself after 30
          days.
        </p>
      </ConfirmDialog>
    </span>
  )
}

/** The way into the trash, with what happens to the rest. */
export function DeleteButton({
  what,
  record,
  stays,
  going,
  onDeleted,
}: {
  what: Records
  record: NamedRecord
  /** `3 contacts and 2 deals`; nothing when nothing is linked to it. */
  stays: string
  going: Going
  onDeleted(): void
}) {
  const { remove } = useTrash(what)
  const [asking, setAsking] = useState(false)
  const act = () => {
    going.onMutate()
    remove.mutate(record, { onSuccess: onDeleted, onError: going.onError, onSettled: () => setAsking(false) })
  }
  return (
    <>
      <Button kind="ghost" onClick={stays ? () => setAsking(true) : act} disabled={remove.isPending}>
        <Trash2 aria-hidden /> Delete
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${record.name}?`}
        confirm="Move to trash"
        danger
        busy={remove.isPending}
        onConfirm={act}
      >
        <p>
          Linked to it: {stays}. These stay, and go on naming it as deleted. You can bring it back from the trash within
          30 days.
        </p>
      </ConfirmDialog>
    </>
  )
}
