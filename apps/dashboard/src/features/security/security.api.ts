// What the page about security asks the API.
import { securityPolicy } from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

export const readPolicy = (signal: AbortSignal) =>
  apiFetch('/tenant/v1/security-policy', { schema: securityPolicy, signal })
export const putPolicy = ({ requireSecondFactor, version }: { requireSecondFactor: boolean; version: number }) =>
  apiFetch('/tenant/v1/security-policy', {
    method: 'PUT',
    body: { requireSecondFactor },
    ifMatch: version,
    schema: securityPolicy,
  })
