import type { AdminTenantView } from '@throughline/contracts'
import { Badge } from '@throughline/ui'

export const TenantState = ({ status }: Pick<AdminTenantView, 'status'>) => (
  <Badge tone={status === 'ACTIVE' ? 'good' : 'bad'}>{status === 'ACTIVE' ? 'Active' : 'Suspended'}</Badge>
)
