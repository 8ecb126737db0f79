import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import { AppError } from '@throughline/contracts'
import { refuse } from '../../plugins/errors.ts'
import type { Resources } from '../../resources.ts'
import type { TypedApp } from '../typed.ts'

const path = '/queues/ui'
/** Where a browser sees it: through the console's own origin. */
const publicPath = `/api/admin/v1${path}`

/** bull-board for superadmins. It looks only: what may be done is done in the console, with an audit row. */
export async function registerQueueConsole(app: TypedApp, { queues }: Resources): Promise<void> {
  const adapter = new FastifyAdapter()
  adapter.setBasePath(publicPath)
  createBullBoard({
    queues: [...queues.values()].map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Throughline queues' } },
  })
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, permission: 'platform:read', servedByLibrary: true }
    })
    // It looks only; the library has routes that change things, and none of them is reachable.
    scope.addHook('onRequest', async (request, reply) => {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return refuse(new AppError('forbidden'), request, reply)
    })
    scope.addHook('onSend', async (_request, reply) => {
      reply.header(
        'content-security-policy',
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; frame-ancestors 'self'",
      )
    })
    await scope.register(adapter.registerPlugin(), { prefix: path })
  })
}
