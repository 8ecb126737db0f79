/** pino's numbers. @type {Record<number, string>} */
const levels = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'ERROR', 60: 'FATAL' }
/** On every line, and of no use beside the name of the process. */
const dull = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg', 'reqId', 'err', 'req', 'res', 'responseTime'])

/** @param {unknown} value */
const short = (value) => (typeof value === 'string' ? value : JSON.stringify(value))

/**
 * A JSON log line for a person: level, message and what else it says, an error with its stack. Other lines stay as they are.
 * @param {string} line
 */
export function readableLogLine(line) {
  if (!line.startsWith('{"level":')) return line
  /** @type {any} */
  let entry
  try {
    entry = JSON.parse(line)
  } catch {
    return line // looked like one, and is not
  }
  const { req, res, responseTime, err } = entry
  const parts = [levels[entry.level] ?? String(entry.level), entry.msg]
  if (req?.method) parts.push(`${req.method} ${req.url}`)
  if (res?.statusCode) parts.push(res.statusCode)
  if (typeof responseTime === 'number') parts.push(`${Math.round(responseTime)} ms`)
  for (const [name, value] of Object.entries(entry)) if (!dull.has(name)) parts.push(`${name}=${short(value)}`)
  if (entry.reqId) parts.push(`(${entry.reqId})`)
  if (err) parts.push(err.stack ?? err.message ?? short(err))
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}
