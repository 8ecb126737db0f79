'use client'
import type { CreateView, SavedView, ViewDefinition } from '@throughline/contracts'
import { ConfirmDialog, toast } from '@throughline/ui'
import { refusalOf } from '../settings/refusal.ts'
import { useViewChange, useViews } from './use-views.ts'
import { type NamedView, ViewNameDialog } from './view-name-dialog.tsx'
import { deleteView, patchView, postView } from './views.api.ts'

interface SaveViewDialogProps {
  definition: ViewDefinition
  onSaved(view: SavedView): void
  onClose(): void
}

/** Keeps what is shown now under a name. */
export function SaveViewDialog({ definition, onSaved, onClose }: SaveViewDialogProps) {
  const { mayShare } = useViews()
  const { mutate, isPending, error } = useViewChange((body: CreateView) => postView(body), {
    done: (view) => {
      toast.success(`${view.name} is saved`)
      onSaved(view)
      onClose()
    },
  })
  const save = (named: NamedView) => mutate({ ...named, definition })
  return (
    <ViewNameDialog
      title="Save as new view"
      confirm="Save view"
      mayShare={mayShare}
      onSubmit={save}
      onClose={onClose}
      busy={isPending}
      error={error}
    />
  )
}

/** Calls a view something else, shares it with the firm or no longer. */
export function RenameViewDialog({ view, onClose }: { view: SavedView; onClose(): void }) {
  const { mayShare } = useViews()
  const { mutate, isPending, error } = useViewChange(
    ({ name, shared }: NamedView) => patchView(view.id, view.version, mayShare ? { name, shared } : { name }),
    {
      done: ({ name }) => {
        toast.success(`${name} is saved`)
        onClose()
      },
    },
  )
  return (
    <ViewNameDialog
      title={`Rename ${view.name}`}
      confirm="Save view"
      initial={view}
      mayShare={mayShare}
      onSubmit={mutate}
      onClose={onClose}
      busy={isPending}
      error={error}
    />
  )
}

interface DeleteViewDialogProps {
  view: SavedView
  onDeleted(): void
  onClose(): void
}

/** Deletes a view; the deals that it shows stay. */
export function DeleteViewDialog({ view, onDeleted, onClose }: DeleteViewDialogProps) {
  const { mutate, isPending, error } = useViewChange(deleteView, {
    done: () => {
      toast.success(`${view.name} is deleted`)
      onDeleted()
      onClose()
    },
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete ${view.name}?`}
      confirm="Delete view"
      onConfirm={() => mutate(view.id)}
      busy={isPending}
      refusal={refusalOf(error, 'this view')}
      danger
    >
      <p>{view.shared ? 'It is gone for everybody in the firm. ' : ''}The deals that it shows stay as they are.</p>
    </ConfirmDialog>
  )
}
