'use client'
import type { SavedView, ViewDefinition } from '@throughline/contracts'
import { Button, Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger, toast } from '@throughline/ui'
import { Bookmark, Check, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { moved } from '../settings/moved.ts'
import { isSameView } from './same-view.ts'
import { useViewChange, useViews } from './use-views.ts'
import { DeleteViewDialog, RenameViewDialog, SaveViewDialog } from './view-dialogs.tsx'
import { patchView, postDuplicate, putViewOrder } from './views.api.ts'

interface ViewSwitcherProps {
  /** What is shown now. */
  current: ViewDefinition
  /** The view that it began with. */
  openId: string | null
  /** Shows a view as far as it can be opened; nothing: all deals. */
  onOpen(view: SavedView | undefined): void
}

type Asked = 'save' | 'rename' | 'delete'

const Choice = ({ view, isOpen, onOpen }: { view: SavedView; isOpen: boolean; onOpen(view: SavedView): void }) => (
  <MenuItem onSelect={() => onOpen(view)}>
    <Check aria-hidden className={isOpen ? '' : 'invisible'} />
    <span className="min-w-0 flex-1 truncate">{view.name}</span>
    {isOpen ? <span className="sr-only">, shown now</span> : null}
  </MenuItem>
)

/** What can be done to the view that is open. */
function OpenViewItems({
  view,
  current,
  onOpen,
  onAsk,
}: ViewSwitcherProps & { view: SavedView; onAsk(ask: Asked): void }) {
  const { own, isOwn, mayChange } = useViews()
  const save = useViewChange((definition: ViewDefinition) => patchView(view.id, view.version, { definition }), {
    failed: `${view.name} was not saved`,
    done: ({ name }) => toast.success(`${name} is saved`),
  })
  const duplicate = useViewChange(postDuplicate, { failed: `${view.name} was not copied`, done: onOpen })
  const order = useViewChange(putViewOrder, { failed: 'The order was not changed' })
  const index = own.findIndex(({ id }) => id === view.id)
  const move = (step: -1 | 1) => order.mutate(moved(own, index, step).map(({ id }) => id))
  const changed = !isSameView(current, view.usable)
  return (
    <>
      <MenuSeparator />
      <MenuLabel>{view.name}</MenuLabel>
      {mayChange(view) ? (
        <>
          <MenuItem disabled={!changed} onSelect={() => save.mutate(current)}>
            Save changes
          </MenuItem>
          <MenuItem onSelect={() => onAsk('rename')}>Rename or share</MenuItem>
        </>
      ) : null}
      <MenuItem onSelect={() => duplicate.mutate(view.id)}>Duplicate</MenuItem>
      {isOwn(view) ? (
        <>
          <MenuItem disabled={index <= 0} onSelect={() => move(-1)}>
            Move up
          </MenuItem>
          <MenuItem disabled={index === own.length - 1} onSelect={() => move(1)}>
            Move down
          </MenuItem>
        </>
      ) : null}
      {mayChange(view) ? <MenuItem onSelect={() => onAsk('delete')}>Delete</MenuItem> : null}
    </>
  )
}

/** Saved views: one's own and those that others share, to open, save, rename, share, copy, order and delete. */
export function ViewSwitcher(props: ViewSwitcherProps) {
  const { current, openId, onOpen } = props
  const views = useViews()
  const [asked, setAsked] = useState<Asked>()
  const open = views.find(openId)
  const close = () => setAsked(undefined)
  const name = open?.name ?? 'All deals'
  const edited = open !== undefined && !isSameView(current, open.usable)
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button aria-label={`View: ${name}${edited ? ', changed' : ''}`} className="max-w-full">
            <Bookmark aria-hidden />
            <span className="max-w-40 truncate">{name}</span>
            {edited ? <span className="text-muted">*</span> : null}
            <ChevronDown aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent align="start" className="max-h-[70dvh] max-w-72 overflow-y-auto">
          <MenuItem onSelect={() => onOpen(undefined)}>
            <Check aria-hidden className={open ? 'invisible' : ''} /> All deals
          </MenuItem>
          {views.own.length > 0 ? <MenuLabel>Your views</MenuLabel> : null}
          {views.own.map((view) => (
            <Choice key={view.id} view={view} isOpen={view.id === openId} onOpen={onOpen} />
          ))}
          {views.shared.length > 0 ? <MenuLabel>Shared by others</MenuLabel> : null}
          {views.shared.map((view) => (
            <Choice key={view.id} view={view} isOpen={view.id === openId} onOpen={onOpen} />
          ))}
          <MenuSeparator />
          <MenuItem onSelect={() => setAsked('save')}>Save as new view</MenuItem>
          {open ? <OpenViewItems {...props} view={open} onAsk={setAsked} /> : null}
        </MenuContent>
      </Menu>
      {asked === 'save' ? <SaveViewDialog definition={current} onSaved={onOpen} onClose={close} /> : null}
      {asked === 'rename' && open ? <RenameViewDialog view={open} onClose={close} /> : null}
      {asked === 'delete' && open ? (
        <DeleteViewDialog view={open} onDeleted={() => onOpen(undefined)} onClose={close} />
      ) : null}
    </>
  )
}
