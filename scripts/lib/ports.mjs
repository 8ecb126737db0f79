import net from 'node:net'

const lastPort = 65_535
const tries = 200

/** @param {number} port 0: any @param {string} [host] @returns {Promise<number | undefined>} the port, if it could be bound */
const bind = (port, host = '127.0.0.1') =>
  new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })

/** Does anybody answer there? Some systems let two bind the same port on different addresses. @param {number} port @param {string} [host] @returns {Promise<boolean>} */
export const answers = (port, host = '127.0.0.1') =>
  new Promise((resolve) => {
    const socket = net.connect({ port, host })
    socket.setTimeout(500, () => socket.destroy())
    socket.once('connect', () => {
      resolve(true)
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })

/** @param {number} port */
const isFree = async (port) =>
  (await bind(port)) !== undefined && !(await answers(port)) && !(await answers(port, '::1'))

/** Hands out ports, each once. */
export function createPortPicker() {
  /** @type {Set<number>} */
  const given = new Set()

  /**
   * The wanted port, or the next free one above it; 0 takes any.
   * @param {number} wanted
   * @throws {Error} when none of the next 200 is free
   */
  async function pick(wanted) {
    for (let n = 0; n < tries; n++) {
      const port = wanted === 0 ? await bind(0) : wanted + n
      if (port === undefined || port > lastPort || given.has(port)) continue
      if (wanted !== 0 && !(await isFree(port))) continue
      given.add(port)
      return port
    }
    throw new Error(`no free port from ${wanted}`)
  }
  return { pick }
}

/**
 * A port from the environment.
 * @param {string | undefined} text @param {number} otherwise @param {string} name of the variable
 */
export function readPort(text, otherwise, name) {
  if (text === undefined || text === '') return otherwise
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > lastPort) throw new Error(`${name}=${text} is not a port`)
  return port
}
