import { execFileSync, spawnSync } from 'node:child_process'
import { type Finding, scan } from './scan.ts'

export interface Blob {
  /** The name under which git first listed it, with a short id to `git show` it by. */
  file: string
  text: string
}

const bufferBytes = 1024 * 1024 * 1024

const git = (at: string, args: string[]) =>
  execFileSync('git', args, { cwd: at, encoding: 'utf8', maxBuffer: bufferBytes })

/** Splits what `git cat-file --batch` prints: a line `<id> <type> <bytes>`, so many bytes, a newline. */
function* splitBatch(printed: Buffer): Generator<{ id: string; type: string; content: Buffer }> {
  let at = 0
  while (at < printed.length) {
    const end = printed.indexOf('\n', at)
    const [id = '', type = '', bytes = '0'] = printed.toString('utf8', at, end).split(' ')
    const content = printed.subarray(end + 1, end + 1 + Number(bytes))
    yield { id, type, content }
    at = end + 1 + Number(bytes) + 1
  }
}

/**
 * Every version of every file on any branch, each content once, and every message of a commit or tag.
 * @throws when `at` is a shallow clone: its history is not there to be looked at
 */
export function readHistory(at: string): Blob[] {
  if (git(at, ['rev-parse', '--is-shallow-repository']).trim() === 'true')
    throw new Error('this clone is shallow: fetch the whole history first (git fetch --unshallow)')
  const names = new Map<string, string>()
  for (const line of git(at, ['rev-list', '--objects', '--all']).split('\n').filter(Boolean)) {
    const [id = '', ...name] = line.split(' ')
    names.set(id, name.join(' '))
  }
  const batch = spawnSync('git', ['cat-file', '--batch'], {
    cwd: at,
    input: [...names.keys()].join('\n'),
    maxBuffer: bufferBytes,
  })
  if (batch.status !== 0) throw new Error(`git cat-file failed: ${batch.error?.message ?? batch.stderr}`)
  return [...splitBatch(batch.stdout)]
    .filter(({ type }) => type !== 'tree')
    .map(({ id, type, content }) => ({
      file: `${names.get(id) || type} (${id.slice(0, 12)})`,
      text: content.toString('utf8'),
    }))
}

/** Looks for secrets in all that was ever committed: what is deleted is still in every clone. */
export async function scanHistory(at: string): Promise<{ blobs: number; findings: Finding[] }> {
  const blobs = readHistory(at)
  const findings: Finding[] = []
  for (const { file, text } of blobs) findings.push(...(await scan(file, text)))
  return { blobs: blobs.length, findings }
}
