// Tiers as they stand on the wire.
import type { TierShareView } from '@throughline/contracts'
import { fromMinor } from '../minor-units.ts'
import type { TierShare } from '../waterfall/index.ts'

export const sharesView = (shares: readonly TierShare[], currency: string): TierShareView[] =>
  shares.map(({ tier, total, investors, generalPartner }) => ({
    tier,
    total: fromMinor(total, currency),
    investors: fromMinor(investors, currency),
    generalPartner: fromMinor(generalPartner, currency),
  }))
