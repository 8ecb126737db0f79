// Mails to a real SMTP server, and to the folder of the demo.
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compose, createMailer, listFolder, readFromFolder } from './index.ts'

const received: { to: string[]; raw: string }[] = []
let refuse = false
const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    let raw = ''
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => {
      raw += chunk
    })
    stream.on('end', () => {
      if (refuse) return done(new Error('mailbox full'))
      received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw })
      done()
    })
  },
})
const dir = mkdtempSync(path.join(os.tmpdir(), 'throughline-mail-'))
const from = 'Throughline <no-reply@throughline.test>'
const letter = compose({
  heading: 'Set a new password',
  paragraphs: ['Hello <b>Olivia</b> & co'],
  action: { label: 'Choose a password', url: 'https://app.test/reset#a"b' },
  footnote: 'You did not ask for this? Nothing has changed.',
})
const mail = { id: 'mail-1', to: 'olivia@acme.test', subject: 'Set a new password', ...letter }
let smtpUrl: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  rmSync(dir, { recursive: true })
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

describe('a letter', () => {
  it('is the same as text and as HTML, with everything escaped', () => {
    expect(letter.text).toContain('Hello <b>Olivia</b> & co')
    expect(letter.text).toContain('https://app.test/reset#a"b')
    expect(letter.html).toContain('Hello &lt;b&gt;Olivia&lt;/b&gt; &amp; co')
    expect(letter.html).toContain('href="https://app.test/reset#a&quot;b"')
  })
})

describe('SMTP', () => {
  it('takes a mail with both parts, and the same id at every attempt', async () => {
    const mailer = createMailer({ driver: 'smtp', dir, from, smtpUrl })
    await mailer.send(mail)
    await mailer.send(mail)
    mailer.close()
    expect(received).toHaveLength(2)
    for (const { to, raw } of received) {
      expect(to).toEqual(['olivia@acme.test'])
      expect(raw).toContain('Message-ID: <mail-1@throughline.test>')
      expect(raw).toMatch(/text\/plain[\s\S]+text\/html/)
    }
  })

  it('cannot be given a header through a subject or an address', async () => {
    const mailer = createMailer({ driver: 'smtp', dir, from, smtpUrl })
    received.length = 0
    await mailer.send({ ...mail, subject: 'Hello\r\nBcc: eve@evil.test' })
    await mailer.send({ ...mail, to: 'olivia@acme.test\r\nBcc: eve@evil.test' }).catch(() => 'refused is right too')
    mailer.close()
    for (const { to, raw } of received) {
      expect(to.join()).not.toContain('eve@evil.test')
      expect(raw).not.toMatch(/^Bcc:/m)
    }
  })

  it('says so when the server does not take it, so that the job tries again', async () => {
    refuse = true
    const mailer = createMailer({ driver: 'smtp', dir, from, smtpUrl })
    await expect(mailer.send(mail)).rejects.toThrow('mailbox full')
    refuse = false
    const nobody = createMailer({ driver: 'smtp', dir, from, smtpUrl: 'smtp://127.0.0.1:9' })
    await expect(nobody.send(mail)).rejects.toThrow(/ECONNREFUSED/)
    mailer.close()
  })
})

describe('the folder', () => {
  it('keeps mails for the console, newest first, a page at a time', async () => {
    expect(await listFolder(path.join(dir, 'nowhere'), { limit: 5 })).toEqual([])
    const mailer = createMailer({ driver: 'folder', dir, from, smtpUrl: undefined })
    for (const n of [1, 2, 3]) {
      await mailer.send({ ...mail, id: `mail-${n}`, subject: `Mail ${n}` })
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    const first = await listFolder(dir, { limit: 2 })
    expect(first.map(({ subject }) => subject)).toEqual(['Mail 3', 'Mail 2'])
    const rest = await listFolder(dir, { limit: 2, before: first[1]?.id })
    expect(rest.map(({ subject }) => subject)).toEqual(['Mail 1'])
    expect(await readFromFolder(dir, first[0]?.id ?? '')).toMatchObject({ subject: 'Mail 3', from })
  })

  it('finds nothing outside of itself', async () => {
    for (const id of ['../secrets', 'x', '000000000000001-../../etc/passwd'])
      expect(await readFromFolder(dir, id)).toBeUndefined()
  })
})
