// What a person does with a mail: the real relay, queue, worker and folder, and the link in the newest mail to them.
import { accountMailJob, sendAccountMail } from '@throughline/accounts'
import { closeQueues, createQueues, createRedis, startRelay, startWorkerHost } from '@throughline/jobs'
import { createMailer, listFolder } from '@throughline/mail'
import { expectEventually, type TestWorld } from '@throughline/testing'

export interface TestMails {
  /** Waits for a mail to this address with these words in its subject. @returns its text */
  textTo(email: string, subject: RegExp): Promise<string>
  /** The token behind the `#` of the link in that mail. */
  tokenTo(email: string, subject: RegExp): Promise<string>
  countTo(email: string): Promise<number>
  close(): Promise<void>
}

const catalog = { accountMail: accountMailJob }

export async function startMails({ config, database, log }: TestWorld): Promise<TestMails> {
  const redis = createRedis(config.redis, 'producer', log)
  const queues = createQueues(redis, catalog, config.redis.prefix, log)
  const tools = { platform: database.platform, mailer: createMailer(config.mail), portalUrls: config.portalUrls }
  const handlers = { accountMail: { run: (job: Parameters<typeof sendAccountMail>[0]) => sendAccountMail(job, tools) } }
  const relay = startRelay({ config, database, redis, queues, log })
  const host = startWorkerHost({ config, database, redis, log, catalog, handlers, profiles: ['util'] })
  const mailsTo = async (email: string) =>
    (await listFolder(config.mail.dir, { limit: 1_000 })).filter(({ to }) => to === email)
  const textTo = (email: string, subject: RegExp) =>
    expectEventually(async () => {
      const found = (await mailsTo(email)).find((mail) => subject.test(mail.subject))
      if (!found) throw new Error(`no mail to ${email} about ${subject}`)
      return found.text
    })
  return {
    textTo,
    async tokenTo(email, subject) {
      const token = (await textTo(email, subject)).match(/#token=([\w-]+)/)?.[1]
      if (!token) throw new Error('the mail has no link')
      return token
    },
    countTo: async (email) => (await mailsTo(email)).length,
    async close() {
      await host.close(1_000)
      await relay.close()
      await closeQueues(queues)
      redis.disconnect()
    },
  }
}
