import type { RouteOptions } from 'fastify'

/** OPTIONS is the answer to a preflight, at every address: it says nothing of what is there. */
const isPreflight = (method: string): boolean => method === 'OPTIONS'

/** `/deals/:dealId/move` takes any one step for its parameter, `/docs/*` any rest. */
function takes(route: readonly string[], path: readonly string[]): boolean {
  if (route.at(-1) === '*') return takes(route.slice(0, -1), path.slice(0, route.length - 1))
  return (
    route.length === path.length &&
    route.every((step, index) => (step.startsWith(':') ? path[index] !== '' : step === path[index]))
  )
}

/** What answers which methods an address takes; none when there is nothing at it. The routes are complete by then. */
export function methodsFinder(routes: readonly RouteOptions[]): (url: string) => string[] {
  return (url) => {
    const path = url.split('?', 1).join().split('/')
    const methods = routes
      .filter((route) => takes(route.url.split('/'), path))
      .flatMap((route) => route.method)
      .filter((method) => !isPreflight(method))
    return [...new Set(methods)].sort()
  }
}
