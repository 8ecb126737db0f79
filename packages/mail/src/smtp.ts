import { createTransport } from 'nodemailer'
import type { Mailer } from './mail.ts'

const timeoutMs = 15_000

/** Hands mails to an SMTP server. TLS is asked for whenever the server offers it. */
export function createSmtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  })
  const domain = from.match(/@([\w.-]+)/)?.[1] ?? 'throughline'
  return {
    async send({ id, to, subject, text, html }) {
      // An address object, not a header line: a name or address can then not carry a header of its own.
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${id}@${domain}>`,
      })
    },
    close: () => transport.close(),
  }
}
