import { execFileSync } from 'node:child_process'
import { root } from '../guards/sources.ts'

/**
 * What pnpm prints as JSON about this checkout; `npm test` and `npm run …` put the pinned one on the path.
 * @throws when there is no pnpm, or it fails
 */
export function askPnpm<Answer>(args: string[]): Answer {
  try {
    return JSON.parse(execFileSync('pnpm', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }))
  } catch (cause) {
    throw new Error(`pnpm ${args.join(' ')} did not answer: run this by npm, as in npm run test:unit`, { cause })
  }
}
