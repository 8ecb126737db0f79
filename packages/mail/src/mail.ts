/** A mail as it goes out: the same words as text and as HTML. */
export interface Mail {
  /** Unique and the same at every attempt: receivers drop a second copy by it. */
  id: string
  to: string
  subject: string
  text: string
  html: string
}

export interface Mailer {
  /** @throws when the mail could not be handed over; trying again is safe */
  send(mail: Mail): Promise<void>
  close(): void
}
