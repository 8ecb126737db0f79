import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { environment, loadConfig } from '../packages/config/src/index.ts'
import { apps } from './lib/apps.mjs'
import { root } from './lib/paths.mjs'

// No Docker engine is at hand where these tests run: what the files say is held against the repository instead.

interface Service {
  image?: string
  build?: { context: string; target: string; args?: Record<string, string> }
  command?: string[]
  environment?: Record<string, string>
  ports?: string[]
  networks?: Record<string, { ipv4_address?: string }>
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test?: string[]; disable?: boolean }
}
interface Stage {
  name: string
  from: string
  env: Record<string, string>
  command: string[] | undefined
  healthcheck: string[] | undefined
  user: string | undefined
}
interface Workflow {
  permissions: Record<string, string>
  jobs: Record<
    string,
    {
      permissions?: unknown
      steps: { uses?: string; run?: string; with?: Record<string, string | number | boolean> }[]
    }
  >
}

const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
const exists = (file: string) => fs.existsSync(path.join(root, file))
const manifest: { packageManager: string; scripts: Record<string, string> } = JSON.parse(read('package.json'))
const compose: { services: Record<string, Service>; volumes: Record<string, unknown> } = parse(
  read('docker-compose.yml'),
  {
    merge: true,
  },
)
const services = Object.entries(compose.services)
const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ')

const listOf = (text: string | undefined): string[] | undefined => (text ? JSON.parse(text) : undefined)

function readStages(): Map<string, Stage> {
  const stages = new Map<string, Stage>()
  for (const block of dockerfile.split(/^(?=FROM )/m).slice(1)) {
    const [, from = '', name = ''] = /^FROM (\S+) AS (\S+)/.exec(block) ?? []
    const parent = stages.get(from)
    const env = { ...parent?.env }
    for (const [, pairs = ''] of block.matchAll(/^ENV (.*)$/gm))
      for (const [, key = '', value = ''] of pairs.matchAll(/(\w+)=(\S+)/g)) env[key] = value
    stages.set(name, {
      name,
      from,
      env,
      command: listOf(/^CMD (\[.*\])/m.exec(block)?.[1]) ?? parent?.command,
      healthcheck: listOf(/^HEALTHCHECK .*CMD (\[.*\])/m.exec(block)?.[1]) ?? parent?.healthcheck,
      user: /^USER (\S+)/m.exec(block)?.[1] ?? parent?.user,
    })
  }
  return stages
}

const stages = readStages()
const stageOf = (service: Service): Stage => {
  const stage = stages.get(service.build?.target ?? '')
  if (!stage) throw new Error(`no stage ${service.build?.target}`)
  return stage
}
const ownServices = services.filter(([, service]) => service.build)
const foreignServices = services.filter(([, service]) => !service.build)
const containerPort = (mapping: string) => mapping.split(':').at(-1)

describe('the Dockerfile', () => {
  it('uses the Node and the pnpm of the repository', () => {
    expect(stages.get('base')?.from).toBe(`node:${read('.node-version').split('.')[0]}-bookworm-slim`)
    expect(dockerfile).toContain(`npm install --global ${manifest.packageManager}\n`)
  })

  it('names only stages and packages that exist', () => {
    for (const stage of stages.values()) expect(stage.name === 'base' || stages.has(stage.from), stage.name).toBe(true)
    for (const [, stage = ''] of dockerfile.matchAll(/--from=(\S+)/g)) expect([...stages.keys()]).toContain(stage)
    for (const [, name = ''] of dockerfile.matchAll(/@throughline\/([a-z-]+)/g))
      expect(exists(`apps/${name}`) || exists(`packages/${name}`), name).toBe(true)
  })

  it('copies only files that exist and are not ignored', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, files = '']) => files.split(' '))
    expect(copied).toEqual(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'patches', '.'])
    for (const file of copied) expect(exists(file), file).toBe(true)
    const ignored = read('.dockerignore').split('\n')
    for (const needed of ['scripts', 'prisma', 'packages', 'apps', 'package.json', 'turbo.json', 'tsconfig.base.json'])
      expect(ignored).not.toContain(needed)
    expect(ignored.indexOf('!docs/openapi.json')).toBeGreaterThan(ignored.indexOf('docs/*'))
    for (const secret of ['**/.env', '.data', '.git', '**/node_modules']) expect(ignored).toContain(secret)
  })

  it.for(['api', 'worker', 'portal'])('runs %s as a plain user, with a health check', (name) => {
    const stage = stages.get(name)
    expect(stage?.user).toBe('node')
    expect(stage?.command?.[0]).toBe('node')
    expect(stage?.healthcheck?.[0]).toBe('node')
    expect(exists((stage?.healthcheck?.[1] ?? '').replace('/app/', ''))).toBe(true)
  })

  it('starts and asks each app as npm start does', () => {
    for (const app of apps) {
      const stage = stages.get(app.portal ? 'portal' : app.group)
      expect(stage?.command, app.name).toEqual(['node', ...app.args])
      const asked = new URL(stage?.healthcheck?.[2] ?? '')
      expect(asked.pathname).toBe(app.health)
      expect(asked.port).toBe(stage?.env[app.port.as])
    }
  })
})

describe('docker-compose.yml', () => {
  it('has every part of the platform', () => {
    expect(services.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'postgres',
        'redis',
        'minio',
        'mailpit',
        'migrate',
        'api',
        'worker-llm',
        'worker-util',
        'worker-documents',
      ]),
    )
    for (const app of apps.filter(({ portal }) => portal))
      expect(compose.services[app.name]?.build?.args?.APP).toBe(app.name)
    const profiles = services.flatMap(([, service]) => service.environment?.WORKER_PROFILES ?? [])
    expect(profiles.sort()).toEqual(['documents', 'llm', 'util'])
    expect(environment.shape.WORKER_PROFILES.parse(profiles.join(','))).toEqual(profiles)
  })

  it('sets only variables that are read', () => {
    const portal = ['THROUGHLINE_MODE', 'API_URL', 'HOST', 'PORT', 'LOG_LEVEL']
    const preparation = [
      'THROUGHLINE_MODE',
      'DATABASE_ADMIN_URL',
      'APP_OWNER_PASSWORD',
      'APP_PLATFORM_PASSWORD',
      'APP_TENANT_PASSWORD',
      'ENCRYPTION_KEY',
    ]
    const config = read('packages/config/src/config.ts')
    for (const name of [...portal, ...preparation]) expect(config).toContain(name)
    for (const [name, service] of ownServices) {
      const read =
        name === 'migrate' ? preparation : service.build?.target === 'portal' ? portal : Object.keys(environment.shape)
      expect(read, name).toEqual(expect.arrayContaining(Object.keys(service.environment ?? {})))
    }
  })

  it('gives servers what they cannot start without', () => {
    const needed = Object.entries(environment.shape).filter(([, schema]) => !schema.safeParse(undefined).success)
    for (const [name, service] of ownServices.filter(([, { build }]) =>
      ['api', 'worker'].includes(build?.target ?? ''),
    ))
      if (name !== 'migrate')
        expect(Object.keys(service.environment ?? {}), name).toEqual(expect.arrayContaining(needed.map(([key]) => key)))
  })

  it('gives servers a configuration that production takes, once its secrets are set', () => {
    const random = 'pLq8Zr2vXc5Nw9KsYt4BdHf7GjM3aEuR6TzVxQnP'
    const filled = (value: string) =>
      value.replace(/\$\{\w+:([-?])([^}]*)\}/g, (_, sign, text) => (sign === '-' ? text : random))
    const env = Object.entries(compose.services.api?.environment ?? {}).map(([name, value]) => [
      name,
      filled(String(value)),
    ])
    expect(loadConfig(Object.fromEntries(env))).toMatchObject({ mode: 'production', mail: { driver: 'smtp' } })
  })

  it('holds no secret, and starts with none missing', () => {
    const secret = /(PASSWORD|SECRET|ACCESS_KEY_ID|ROOT_USER)$/
    for (const [name, service] of services) {
      for (const [key, value] of Object.entries(service.environment ?? {})) {
        if (secret.test(key)) expect(value, `${name}.${key}`).toMatch(/^\$\{\w+:\?[^}]+\}$/)
        if (/_URL$/.test(key) && String(value).includes('@'))
          expect(value, `${name}.${key}`).toMatch(/:\$\{\w+:\?[^}]+\}@/)
      }
    }
  })

  it('waits for what is healthy or done', () => {
    for (const [name, service] of services) {
      for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
        const other = compose.services[needed]
        if (!other) throw new Error(`${name} needs ${needed}, which does not exist`)
        const oneShot = ['migrate', 'bucket'].includes(needed)
        expect(condition, `${name} -> ${needed}`).toBe(oneShot ? 'service_completed_successfully' : 'service_healthy')
        if (!oneShot) expect(other.healthcheck?.test ?? stageOf(other).healthcheck, needed).toBeDefined()
      }
    }
    for (const name of ['api', 'worker-llm', 'worker-util', 'worker-documents'])
      expect(Object.keys(compose.services[name]?.depends_on ?? {})).toEqual(
        expect.arrayContaining(['postgres', 'redis', 'migrate']),
      )
  })

  it('publishes portals, and everything else on loopback only', () => {
    for (const [name, service] of services) {
      const isPortal = service.build?.target === 'portal'
      for (const mapping of service.ports ?? []) expect(mapping.startsWith('127.0.0.1:'), name).toBe(!isPortal)
    }
    for (const app of apps.filter(({ portal }) => portal))
      expect(compose.services[app.name]?.ports).toEqual([`${app.port.fallback}:${stages.get('portal')?.env.PORT}`])
    expect(containerPort(compose.services.api?.ports?.[0] ?? '')).toBe(stages.get('api')?.env.API_PORT)
  })

  it('points each service at the port and name of the other', () => {
    const known = Object.keys(compose.services)
    const elsewhere = ['AI_BASE_URL', 'DASHBOARD_URL', 'MANAGE_URL', 'DM_URL'] // of a provider, and as browsers see it
    for (const [name, service] of ownServices) {
      for (const [key, value] of Object.entries(service.environment ?? {})) {
        if (!/(_URL|_ENDPOINT)$/.test(key) || elsewhere.includes(key)) continue
        const plain = String(value)
          .replace(/\$\{\w+:-([^}]*)\}/g, '$1')
          .replace(/\$\{[^}]*\}/g, 'x')
        expect(known, `${name}.${key}`).toContain(/(?:@|\/\/)([a-z-]+):\d+/.exec(plain)?.[1])
      }
    }
    expect(compose.services.dashboard?.environment?.API_URL).toBe(`http://api:${stages.get('api')?.env.API_PORT}`)
  })

  it('believes what the portals say of an address, and nobody else of the networks around', () => {
    const trusted = /:-([^}]*)\}/.exec(compose.services.api?.environment?.TRUST_PROXY ?? '')?.[1]?.split(',')
    const portals = apps.flatMap(({ name, portal }) => (portal ? [compose.services[name]] : []))
    const addresses = portals.map((service) => service?.networks?.default?.ipv4_address)
    expect(addresses).toHaveLength(3)
    expect(trusted?.sort()).toEqual(addresses.sort())
  })

  it('runs files of the repository, and pinned images', () => {
    for (const [, service] of ownServices) {
      if (service.command)
        expect(service.command[0] === 'node' && exists(service.command[1] ?? ''), service.command.join(' ')).toBe(true)
      expect(stageOf(service).command).toBeDefined()
    }
    for (const [name, service] of foreignServices) expect(service.image, name).toMatch(/^[a-z./]+:[A-Za-z]*[.v]?\d/)
    expect(compose.services.postgres?.image).toMatch(/^postgres:18/)
    expect(compose.services.redis?.command?.join(' ')).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/)
  })
})

describe('the workflow', () => {
  const workflow: Workflow = parse(read('.github/workflows/ci.yml'))
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)

  it('may only read', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    for (const job of Object.values(workflow.jobs)) expect(job).not.toHaveProperty('permissions')
    for (const step of steps)
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false)
  })

  it('pins every action to a commit', () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
  })

  it('calls the scripts that people call', () => {
    const commands = steps.flatMap(({ run }) => run ?? [])
    expect(commands).toEqual([
      '.ci/run',
      'docker compose build',
      'npm run secrets',
      'npm run sbom',
      'npm run advisories',
    ])
    for (const [, name = ''] of commands.join('\n').matchAll(/npm run (\S+)/g))
      expect(manifest.scripts).toHaveProperty(name)
    expect(fs.statSync(path.join(root, '.ci/run')).mode & 0o111).not.toBe(0)
    expect(read('.ci/run')).toMatch(/^exec npm test$/m)
    expect(manifest.scripts.test).toBe('node scripts/test.mjs')
    for (const step of steps)
      if (step.with?.['node-version-file']) expect(exists(String(step.with['node-version-file']))).toBe(true)
  })

  it('looks for secrets in all of history', () => {
    const job = Object.values(workflow.jobs).find(({ steps }) => steps.some(({ run }) => run === 'npm run secrets'))
    expect(job?.steps[0]?.with?.['fetch-depth']).toBe(0)
  })

  it('names every secret that the compose file asks for', () => {
    const asked = new Set([...read('docker-compose.yml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name))
    const given = read('.github/workflows/ci.yml')
      .match(/^ {6}[A-Z0-9_]+(?=: unused)/gm)
      ?.map((name) => name.trim())
    expect(new Set(given)).toEqual(asked)
  })
})

it('every npm script of the root that runs a file runs one that exists', () => {
  for (const [name, command] of Object.entries(manifest.scripts)) {
    for (const [, file = ''] of command.matchAll(/\bnode (\S+\.m?[jt]s)/g))
      expect(exists(file), `${name}: ${file}`).toBe(true)
  }
})
