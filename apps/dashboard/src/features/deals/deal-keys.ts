import type { KeyGroup } from '@throughline/ui'

const everywhere: KeyGroup = {
  title: 'Everywhere',
  keys: [
    { key: '/', label: 'Search' },
    { key: 'n', label: 'New deal' },
    { key: 'z', label: 'Undo the last change' },
    { key: '1 2 3', label: 'List, board, calendar' },
    { key: '?', label: 'These keys' },
  ],
}
const panel: KeyGroup = {
  title: 'Open deal',
  keys: [
    { key: 'j k', label: 'Next and previous deal' },
    { key: 'm', label: 'Move to a stage' },
    { key: '#', label: 'Delete' },
    { key: 'Esc', label: 'Close' },
  ],
}
const list: KeyGroup = {
  title: 'List',
  keys: [
    { key: 'j k', label: 'Next and previous row; arrows go through the cells' },
    { key: 'Enter', label: 'Open the deal, or edit the cell' },
    { key: 'e', label: 'Edit the cell, or else the title' },
    { key: 'x', label: 'Select; Shift-X up to here' },
    { key: 'Ctrl-A', label: 'Select all that is shown' },
    { key: 'm', label: 'Move what is selected, or this row' },
    { key: '#', label: 'Delete' },
    { key: 'Esc', label: 'Select nothing' },
  ],
}
const board: KeyGroup = {
  title: 'Board',
  keys: [
    { key: '← ↑ ↓ →', label: 'Go from card to card' },
    { key: 'Space', label: 'Pick up a card; arrows choose a stage, Space drops' },
    { key: 'Esc', label: 'Put it back' },
    { key: 'm', label: 'Move to a stage' },
    { key: 'Enter', label: 'Open the deal' },
  ],
}
const calendar: KeyGroup = {
  title: 'Calendar',
  keys: [
    { key: '← ↑ ↓ →', label: 'Go from day to day' },
    { key: 'PgUp PgDn', label: 'Month before and after' },
    { key: 'Enter', label: 'Deals of the day' },
    { key: 't', label: 'Today' },
  ],
}

export type Layout = 'list' | 'board' | 'calendar'

/** The keys of a layout, its own first. */
export const keysOf = (layout: Layout): KeyGroup[] => [{ list, board, calendar }[layout], panel, everywhere]
