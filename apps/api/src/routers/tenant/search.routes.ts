import { searchPage, searchQuery } from '@throughline/contracts'
import { search } from '@throughline/crm'
import { refusals, type TypedApp } from '../typed.ts'

/** One search over all that a firm has. */
export function registerSearchRoutes(app: TypedApp): void {
  app.get(
    '/search',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags: ['search'],
        summary:
          'Deals, companies, contacts, notes and content by their words; what was changed last when nothing is asked',
        querystring: searchQuery,
        response: { 200: searchPage, ...refusals },
      },
    },
    (request) => search(request.ctx, request.query),
  )
}
