import type { IrrView } from '@throughline/contracts'
import { type RatioLike, rateNotes, rateText, ratioText, reasonText } from './figure-words.ts'

const Small = ({ text }: { text: string }) => (
  <span className="block min-w-24 whitespace-normal font-normal text-muted text-xs">{text}</span>
)

/** A ratio in a table; where there is none, why. */
export const RatioCell = ({ ratio }: { ratio: RatioLike }) =>
  ratio.value === null ? (
    <>
      –<Small text={reasonText(ratio.reason)} />
    </>
  ) : (
    ratioText(ratio)
  )

/** A rate in a table; where there is none, why, and what is to be known of it. */
export const RateCell = ({ irr }: { irr: IrrView }) =>
  irr.rate === null ? (
    <>
      –<Small text={reasonText(irr.reason)} />
    </>
  ) : (
    <>
      {rateText(irr)}
      {irr.warnings.length > 0 ? <Small text={rateNotes(irr)} /> : null}
    </>
  )
