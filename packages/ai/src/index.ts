import type { Config } from '@throughline/config'
import { createOfflineWriter } from './offline-writer.ts'
import type { TextModel } from './port.ts'
import { createSdkModel } from './sdk-model.ts'

export { composeSummary } from './offline-summary.ts'
export { composePost, offlineNotice, quotesFor } from './offline-writer.ts'
export {
  type Brief,
  ModelError,
  type ModelErrorKind,
  type SummaryBrief,
  type TextModel,
  type WriteRequest,
  type WrittenText,
} from './port.ts'
export { splitSentences } from './sentences.ts'

/** The model that the configuration names; by default the offline writer. */
export function createTextModel(settings: Config['ai']): TextModel {
  const { provider, model } = settings
  if (provider === 'offline') return createOfflineWriter()
  if (!model) throw new Error('the configuration names no model')
  return createSdkModel({ ...settings, model })
}
