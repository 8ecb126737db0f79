import { AppError, mailSummary, mailView, pageOf, pageQuery } from '@throughline/contracts'
import { toPage } from '@throughline/db'
import { listFolder, readFromFolder } from '@throughline/mail'
import * as z from 'zod'
import type { Resources } from '../../resources.ts'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['admin']
const mailPage = pageOf(mailSummary).meta({ id: 'MailPage' })
const params = z.object({ mailId: z.string().max(120) })

/** The folder that stands for a mail server in the demo. With SMTP there is nothing to open. */
export function registerMailRoutes(app: TypedApp, { config }: Resources): void {
  const { dir } = config.mail
  app.get(
    '/mails',
    {
      config: { permission: 'platform:read' },
      schema: {
        tags,
        summary: 'Mails of the demo’s folder, newest first',
        querystring: pageQuery,
        response: { 200: mailPage, ...refusals },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const mails = await listFolder(dir, { limit: limit + 1, before: cursor })
      const { data } = toPage(
        mails,
        limit,
        ({ id }) => [id],
        ({ text: _text, html: _html, ...summary }) => summary,
      )
      return { data, page: { limit, nextCursor: mails.length > limit ? (data.at(-1)?.id ?? null) : null } }
    },
  )
  app.get(
    '/mails/:mailId',
    {
      config: { permission: 'platform:read' },
      schema: { tags, summary: 'One mail', params, response: { 200: mailView, ...refusals } },
    },
    async (request) => {
      const mail = await readFromFolder(dir, request.params.mailId)
      if (!mail) throw new AppError('not_found')
      return mail
    },
  )
}
