import { once } from 'node:events'
import net from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { answers, createPortPicker, readPort } from './ports.mjs'

/** @type {net.Server[]} */
const servers = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** @param {string} host */
async function occupy(host) {
  const server = net.createServer().listen(0, host)
  servers.push(server)
  await once(server, 'listening')
  return /** @type {net.AddressInfo} */ (server.address()).port
}

describe('a port', () => {
  it.for(['127.0.0.1', '0.0.0.0'])(
    'that somebody listens on at %s is passed over for the next free one',
    async (host) => {
      const taken = await occupy(host)
      expect(await answers(taken)).toBe(true)
      expect(await createPortPicker().pick(taken)).toBeGreaterThan(taken)
    },
  )

  it('is given once, though nobody listens on it yet', async () => {
    const { pick } = createPortPicker()
    const first = await pick(45_100)
    expect(await pick(first)).toBeGreaterThan(first)
  })

  it('is any free one when none is wanted', async () => {
    const { pick } = createPortPicker()
    const ports = [await pick(0), await pick(0), await pick(0)]
    expect(new Set(ports).size).toBe(3)
    expect(Math.min(...ports)).toBeGreaterThan(0)
  })

  it('is read from the environment, or refused by its name', () => {
    expect(readPort('8080', 3000, 'API_PORT')).toBe(8080)
    expect(readPort(undefined, 3000, 'API_PORT')).toBe(3000)
    expect(readPort('', 3000, 'API_PORT')).toBe(3000)
    for (const text of ['http', '70000', '-1', '3.5'])
      expect(() => readPort(text, 3000, 'API_PORT')).toThrow(`API_PORT=${text}`)
  })
})
