export const exportStates = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'EXPIRED'] as const
export type ExportState = (typeof exportStates)[number]
