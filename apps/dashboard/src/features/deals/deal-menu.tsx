'use client'
import type { DealView } from '@throughline/contracts'
import { Button, Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@throughline/ui'
import { MoreHorizontal, MoveRight, PanelRight, RotateCcw, Trash2 } from 'lucide-react'
import { useDealActions } from './deal-actions.tsx'

/** What can be done to one deal, where there is no room for buttons. */
export function DealMenu({
  deal,
  onOpen,
  tabIndex,
}: {
  deal: DealView
  onOpen(): void
  /** In a grid only the cell in use can be reached by Tab. */
  tabIndex?: number
}) {
  const { mayEdit, mayDelete, mayPurge, askMove, remove, restore, askPurge } = useDealActions()
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          kind="ghost"
          size="icon"
          className="size-8 text-muted"
          data-focus=""
          tabIndex={tabIndex}
          aria-label={`Actions for ${deal.title}`}
        >
          <MoreHorizontal aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={onOpen}>
          <PanelRight aria-hidden /> Open
        </MenuItem>
        {mayEdit(deal) ? (
          <MenuItem onSelect={() => askMove([deal])}>
            <MoveRight aria-hidden /> Move to a stage
          </MenuItem>
        ) : null}
        {mayDelete(deal) ? (
          <>
            <MenuSeparator />
            {deal.deletedAt === null ? (
              <MenuItem onSelect={() => remove(deal)} className="text-bad">
                <Trash2 aria-hidden /> Delete
              </MenuItem>
            ) : (
              <MenuItem onSelect={() => restore(deal)}>
                <RotateCcw aria-hidden /> Put back
              </MenuItem>
            )}
          </>
        ) : null}
        {mayPurge && deal.deletedAt !== null ? (
          <MenuItem onSelect={() => askPurge(deal)} className="text-bad">
            <Trash2 aria-hidden /> Delete for good
          </MenuItem>
        ) : null}
      </MenuContent>
    </Menu>
  )
}
