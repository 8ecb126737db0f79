import fp from 'fastify-plugin'

/** What somebody had to be signed in for is kept by no cache, neither a browser's nor a proxy's. */
export const privacy = fp(
  async (app) => {
    app.addHook('onSend', (request, reply, _payload, done) => {
      const { guard } = request.routeOptions.config
      const carriesSession = reply.hasHeader('set-cookie') || request.routeOptions.url?.startsWith('/auth/')
      const isSaid = reply.hasHeader('cache-control')
      if (!isSaid && ((guard && guard !== 'public') || carriesSession)) reply.header('cache-control', 'no-store')
      done()
    })
  },
  { name: 'privacy' },
)
