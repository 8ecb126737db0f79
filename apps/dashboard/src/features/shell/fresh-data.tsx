'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEvents } from '@throughline/ui'
import { useEffect, useRef } from 'react'

/** What happens in a fund. */
const ofFunds = [
  ...['fund', 'commitment', 'allocation', 'capital_call', 'payment', 'distribution', 'ledger', 'nav'],
  ...['fund_document', 'fund_import', 'reconciliation'],
]

const ofAFund = ['funds', 'fund', 'investor', 'deal-thread']
const ofCalls = ['calls', 'call-lines', 'deal-funding', 'deal']

/** Which cached answers an event makes old, by the first part of its type; deals have `LiveDeals`. */
const staleAfter: Record<string, readonly string[]> = {
  deal: ['company', 'contact', 'duplicates', 'deal-thread'],
  deal_import: [
    ...['imports', 'import', 'import-sources', 'companies', 'contacts'],
    ...['deals', 'deal', 'board', 'column', 'calendar', 'statistics'],
  ],
  data_export: ['exports', 'export'],
  company: ['companies', 'company', 'contacts', 'contact', 'deals', 'deal', 'board', 'duplicates'],
  contact: ['contacts', 'contact', 'company', 'deals', 'deal', 'board', 'duplicates'],
  activity: ['activities', 'activity'],
  agent: ['activity'],
  pipeline: ['pipeline', 'board', 'statistics'],
  custom_field: ['custom-fields', 'views'],
  view: ['views'],
  // Whose deals a member sees is a setting as well.
  settings: [
    ...['settings', 'session', 'security-policy'],
    ...['deals', 'deal', 'board', 'column', 'calendar', 'statistics'],
  ],
  member: ['members', 'security-policy'],
  invitation: ['invitations'],
  api_key: ['api-keys'],
  webhook: ['webhooks'],
  lead: ['leads'],
  notification: ['notifications'],
  // Of the fund desk: what is asked about a fund has a key that begins with `fund` and its id.
  investor: ['investors', 'investor', 'fund'],
  fund_list: ['funds'],
  ...Object.fromEntries(ofFunds.map((subject) => [subject, ofAFund])),
  fund_document: [...ofAFund, 'deal-papers'],
  deal_summary: ['deal-papers'],
  // An issued call holds its deals, and a cancelled one lets them go.
  ...Object.fromEntries(
    ['allocation', 'capital_call', 'payment'].map((subject) => [subject, [...ofAFund, ...ofCalls]]),
  ),
}

/** Events come in bursts; a page asks again once per burst. */
const burstMs = 120

/** Asks again for what others have changed. */
export function FreshData() {
  const client = useQueryClient()
  const stale = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEvents(({ type }) => {
    const [subject = ''] = type.split(/[.:]/)
    for (const key of staleAfter[subject] ?? []) stale.current.add(key)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      for (const key of stale.current) void client.invalidateQueries({ queryKey: [key] })
      stale.current.clear()
    }, burstMs)
  })
  return null
}
