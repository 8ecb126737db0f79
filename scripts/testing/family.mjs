// Started by the process tests: a parent with children and grandchildren, as `npm start` is, that says who they are.
import { createOutput } from '../lib/output.mjs'
import { createProcesses } from '../lib/processes.mjs'
import { supervise } from '../lib/supervise.mjs'

/** A child that does not listen to SIGTERM and has a child of its own. */
const stubborn = `
const { spawn } = require('node:child_process')
process.on('SIGTERM', () => undefined)
const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
console.log('grandchild', grandchild.pid)
setInterval(() => {}, 1000)
`
const output = createOutput({ name: 'family' })
const processes = createProcesses({ cwd: process.cwd(), env: process.env, output })
supervise(
  processes,
  { name: 'child', command: process.execPath, args: ['-e', stubborn], graceMs: 500 },
  { output, delayMs: () => 50, onLaunch: (pid) => output.plain(`child ${pid}`) },
)
const service = processes.launch('service', 'sleep', ['1000'], { service: true })
output.plain(`service ${service.pid}`)
process.on('SIGTERM', () => void processes.stopAll().then(() => process.exit(0)))
