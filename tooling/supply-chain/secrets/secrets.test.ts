import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSources } from '../../guards/sources.ts'
import { allowed } from './allowed.ts'
import { scanHistory } from './history.ts'
import { describeFinding, type Finding, scan } from './scan.ts'

const sources = readSources(/./)

async function scanAll(files: { file: string; text: string }[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { file, text } of files) findings.push(...(await scan(file, text)))
  return findings
}

/** Characters that look random and are the same in every run; written out they would be found in this file. */
function madeUp(length: number, encoding: 'hex' | 'base64url' | 'upper' = 'base64url'): string {
  const bytes = Buffer.concat(Array.from({ length: 4 }, (_, n) => createHash('sha512').update(`example ${n}`).digest()))
  if (encoding === 'upper') return bytes.toString('hex').toUpperCase().slice(0, length)
  const text = bytes.toString(encoding).replace(/[-_]/g, 'q')
  return text.slice(0, length)
}

const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const webToken = [segment({ alg: 'HS256', typ: 'JWT' }), segment({ sub: 'somebody' }), madeUp(43)].join('.')
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const edwards = generateKeyPairSync('ed25519').privateKey
const pem = { type: 'pkcs8', format: 'pem' } as const

const planted: [string, string][] = [
  ['a key of a cloud', `aws_access_key_id = ${['AKIA', madeUp(16, 'upper').replace(/[018-9]/g, 'Q')].join('')}`],
  ['the secret of a cloud key', `AWS_SECRET_ACCESS_KEY=${madeUp(40)}`],
  ['the key of a storage account', `AccountName=files;AccountKey=${madeUp(86)}==;`],
  ['a private key', `${elliptic.export({ type: 'sec1', format: 'pem' })}`],
  ['a short private key', `${edwards.export(pem)}`],
  ['a private key in JSON', JSON.stringify({ key: elliptic.export(pem) })],
  ['a private key under a passphrase', `${elliptic.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'x' })}`],
  ['a web token', `const session = '${webToken}'`],
  ['a bearer token', `curl -H 'Authorization: Bearer ${madeUp(48)}'`],
  [
    'a database address with a password',
    `DATABASE_URL=${['postgresql:', '', 'app:Tr1cky7Horse@db.internal', 'app'].join('/')}`,
  ],
  ['a Redis address with a password', `url: ${['rediss:', '', `:${madeUp(24)}@cache.internal:6380`].join('/')}`],
  ['a password in a web address', `fetch("${['https:', '', 'bot:h4ndwritten@builds.internal', 'x'].join('/')}")`],
  ['a secret in an environment file', `JWT_SECRET=${madeUp(43)}`],
  ['a secret in code', `const signingKey = '${madeUp(64, 'hex')}'`],
  ['a secret in JSON', `{ "clientSecret": "${madeUp(32)}" }`],
  ['a secret in YAML', `api-key: x\napiKey: ${madeUp(32)}`],
  ['a token of GitHub', `token ${['ghp', madeUp(36)].join('_')}`],
  ['a token of Slack', `slack: ${['xoxb', '123456789012', '1234567890123', madeUp(24)].join('-')}`],
  ['a live key of Stripe', `stripe(${JSON.stringify(['sk', 'live', madeUp(99)].join('_'))})`],
  ['a key of an AI provider', `key: ${['sk', 'ant', 'api03', `${madeUp(93)}AA`].join('-')}`],
]

const harmless: [string, string][] = [
  ['a place for a password', ['postgresql:', '', `${'$'}{USER}:${'$'}{PASSWORD}@db`, 'app'].join('/')],
  ['an instruction', ['postgresql:', '', 'user:password@host', 'name'].join('/')],
  ['a name from the environment', 'secret: env.S3_SECRET_ACCESS_KEY,'],
  ['a variable', 'const accessToken = createAccessTokenForSession(session)'],
  ['words', 'passwordPlaceholder = "at-least-eight-characters-please"'],
  ['a hash of a package', `integrity: sha512-${madeUp(86)}==`],
  ['a binary file', `\0JWT_SECRET=${madeUp(43)}`],
]

describe('the scan for secrets', () => {
  it('finds none in the tree', async () => {
    const found = await scanAll(sources)
    expect(found.map(describeFinding), 'revoke it first, then take it out; npm run secrets looks at history').toEqual(
      [],
    )
  })

  it.for(planted)('finds %s', async ([, text]) => {
    expect((await scan('planted.txt', `one line\n${text}\n`)).length).toBeGreaterThan(0)
  })

  it.for(harmless)('lets %s pass', async ([, text]) => {
    expect(await scan('harmless.txt', `one line\n${text}\n`)).toEqual([])
  })

  it('cannot be switched off by a comment', async () => {
    const text = ['// secretlint-disable', `token ${['ghp', madeUp(36)].join('_')}`, '// secretlint-enable'].join('\n')
    expect((await scan('commented.ts', text)).map(({ line }) => line)).toContain(2)
  })

  it('says where a secret is, and not what it is', async () => {
    const secret = madeUp(43)
    const [finding] = await scan('config/local.env', `A=1\nJWT_SECRET=${secret}\n`)
    if (!finding) throw new Error('nothing was found')
    expect(describeFinding(finding)).toContain('config/local.env:2:')
    expect(describeFinding(finding)).not.toContain(secret.slice(0, 8))
  })

  it('allows no value that is not in the tree', () => {
    const others = sources.filter(({ file }) => !file.endsWith('supply-chain/secrets/allowed.ts'))
    const unused = allowed.filter(({ value }) => !others.some(({ text }) => text.includes(value)))
    expect(unused).toEqual([])
    for (const { reason } of allowed) expect(reason.length).toBeGreaterThan(10)
  })
})

describe('the scan of history', () => {
  const repository = () => {
    const at = fs.mkdtempSync(path.join(os.tmpdir(), 'throughline-history-'))
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], { cwd: at, stdio: 'pipe' })
    git('init', '--quiet')
    const commit = (text: string, message: string) => {
      fs.writeFileSync(path.join(at, 'settings.env'), text)
      git('add', '.')
      git('commit', '--quiet', '--no-gpg-sign', '-m', message)
    }
    return { at, git, commit, [Symbol.dispose]: () => fs.rmSync(at, { recursive: true }) }
  }

  it('finds what was committed, deleted, and left on another branch', async () => {
    using repo = repository()
    repo.commit('A=1\n', 'begin')
    repo.git('checkout', '--quiet', '-b', 'aside')
    repo.commit(`A=1\nJWT_SECRET=${madeUp(43)}\n`, 'add a secret')
    repo.commit('A=1\n', 'remove it')
    repo.git('checkout', '--quiet', '-')
    const { findings } = await scanHistory(repo.at)
    expect(findings.map(({ file, line }) => `${file.split(' ')[0]}:${line}`)).toEqual(['settings.env:2'])
  })

  it('reads messages too', async () => {
    using repo = repository()
    repo.commit('A=1\n', `begin\n\nwith Bearer ${madeUp(40)}`)
    expect((await scanHistory(repo.at)).findings.map(({ file }) => file.split(' ')[0])).toEqual(['commit'])
  })

  it('refuses a clone that has only a part of it', async () => {
    using repo = repository()
    repo.commit('A=1\n', 'begin')
    repo.commit('A=2\n', 'go on')
    const shallow = `${repo.at}-shallow`
    repo.git('clone', '--quiet', '--depth=1', `file://${repo.at}`, shallow)
    try {
      await expect(scanHistory(shallow)).rejects.toThrow(/shallow/)
    } finally {
      fs.rmSync(shallow, { recursive: true })
    }
  })
})
