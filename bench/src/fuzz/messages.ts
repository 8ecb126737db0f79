/** What the run asks of the process that serves the API; each is answered once, in order. */
export type ToServer = 'people' | 'sessions' | 'memory' | 'stop'

export interface FromServer {
  ready?: { url: string; secrets: string[] }
  /** Access tokens by caller. */
  tokens?: Record<string, string>
  memory?: { heapMiB: number; residentMiB: number }
  failed?: string
}
