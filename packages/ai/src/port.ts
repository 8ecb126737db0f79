// The one shape that every model provider has here, and the errors that a caller can act on.

export interface WriteRequest {
  /** Who the writer is and what it must not do. */
  system: string
  prompt: string
  /** What the offline writer works from; models get the same in the prompt. */
  brief: Brief | SummaryBrief
  signal?: AbortSignal
  /** Called with the length so far while the text arrives. */
  onProgress?: (characters: number) => void
}

export interface Brief {
  topic: string
  audience: string
  keywords: readonly string[]
  brandVoice: string
  documents: readonly { id: string; title: string; body: string }[]
  /** The draft that a revision starts from, and what the reviewer said about it. */
  revision?: { title: string; body: string; notes: string }
}

/** What a summary is made of: numbered pieces of documents, without brackets around numbers of their own. */
export interface SummaryBrief {
  passages: readonly { number: number; document: string; text: string }[]
}

export interface WrittenText {
  text: string
  provider: string
  /** Null when no model was used. */
  model: string | null
}

export interface TextModel {
  readonly provider: string
  readonly model: string | null
  /** @throws ModelError */
  write(request: WriteRequest): Promise<WrittenText>
}

export type ModelErrorKind = 'rate_limited' | 'unavailable' | 'refused' | 'not_configured' | 'incomplete' | 'aborted'

/** What went wrong with a model, in terms of what can be done about it. */
export class ModelError extends Error {
  readonly kind: ModelErrorKind

  constructor(kind: ModelErrorKind, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ModelError'
    this.kind = kind
  }

  /** Whether trying again later may help. */
  get retryable(): boolean {
    return (
      this.kind === 'rate_limited' ||
      this.kind === 'unavailable' ||
      this.kind === 'incomplete' ||
      this.kind === 'aborted'
    )
  }
}
