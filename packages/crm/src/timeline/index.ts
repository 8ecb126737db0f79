export { listTimeline } from './read-timeline.ts'
export { addEntry, coolEngagement, removeEntry, restoreEntry, updateEntry } from './timeline.service.ts'
