'use client'
import { EmptyState, SidePanel } from '@throughline/ui'

/** Of a number that is a decision: it says so. */
export const NoEntryPanel = ({ title, onClose }: { title: string; onClose(): void }) => (
  <SidePanel open onClose={onClose} title={`${title}: its entries`}>
    <EmptyState title="No entry stands behind this number">
      It is what was agreed. Entries are booked when money is called, received, invested or sent.
    </EmptyState>
  </SidePanel>
)
