export { mergeRecords, previewMerge } from './merges.service.ts'
export { undoMerge } from './undo-merge.ts'
