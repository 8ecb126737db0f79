'use client'
import type { SavedView } from '@throughline/contracts'
import { useRouter, useSearchParams } from 'next/navigation'
import { useViews } from '../views/use-views.ts'
import { ViewSwitcher } from '../views/view-switcher.tsx'
import { ViewWarnings } from '../views/view-warnings.tsx'
import type { Layout } from './deal-keys.ts'
import { useColumns } from './use-columns.ts'
import type { DealQueryState } from './use-deal-query.ts'
import { addressOf, definitionOf, pathOfLayout } from './view-address.ts'

const useOpenView = (): string | null => useSearchParams().get('view')

/** Saved views of the deals: the address says which one is open. */
export function DealViews({ layout, query }: { layout: Layout; query: DealQueryState }) {
  const router = useRouter()
  const { columns } = useColumns(query)
  const current = definitionOf({ ...query, layout, columns: columns.map(({ key }) => key) })
  const open = (view: SavedView | undefined) =>
    router.push(view ? addressOf(view.usable, view.id) : pathOfLayout[layout])
  return <ViewSwitcher current={current} openId={useOpenView()} onOpen={open} />
}

/** What of the open view is gone by now. */
export const DealViewWarnings = () => <ViewWarnings view={useViews().find(useOpenView())} />
