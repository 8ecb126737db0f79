import * as z from 'zod'
import { ConfigError } from './config-error.ts'
import { type Environment, environment } from './schema.ts'
import { withSecrets } from './secrets.ts'

const secretMinLength = 32
/** What people leave in place from an example file. */
const placeholder = /change.?me|example|secret|password|your[-_ ]|xxxx|^(.)\1+$/i

function weakness(secret: string): string | undefined {
  if (secret.length < secretMinLength) return `must have at least ${secretMinLength} characters`
  if (placeholder.test(secret)) return 'looks like a placeholder: use a random value'
  return new Set(secret).size < 10 ? 'is not random enough' : undefined
}

/** Nobody listens between a browser and the machine that it runs on. */
function isSafeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** What people type and what is mailed to them. */
const originsOf = ({ CORS_ORIGINS, DASHBOARD_URL, MANAGE_URL, DM_URL }: Environment) =>
  Object.entries({ CORS_ORIGINS, DASHBOARD_URL: [DASHBOARD_URL], MANAGE_URL: [MANAGE_URL], DM_URL: [DM_URL] })

function problemsOf(env: Environment): string[] {
  const problems: string[] = []
  const need = (name: keyof Environment, why: string) => env[name] === undefined && problems.push(`${name} ${why}`)
  if (env.THROUGHLINE_MODE === 'production') {
    for (const name of ['JWT_SECRET', 'JWT_SECRET_PREVIOUS', 'ENCRYPTION_KEY', 'ENCRYPTION_KEY_PREVIOUS'] as const) {
      const problem = env[name] === undefined ? undefined : weakness(env[name])
      if (problem) problems.push(`${name} ${problem}`)
    }
    for (const [name, origins] of originsOf(env))
      if (!origins.every(isSafeOrigin)) problems.push(`${name} must be https in production, but on this machine itself`)
    if (!env.COOKIE_SECURE) problems.push('COOKIE_SECURE must not be false in production')
  }
  if (env.STORAGE_DRIVER === 's3') {
    for (const name of ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const)
      need(name, 'is needed when STORAGE_DRIVER is s3')
  }
  if (env.MAIL_DRIVER === 'smtp') need('SMTP_URL', 'is needed when MAIL_DRIVER is smtp')
  else if (env.THROUGHLINE_MODE === 'production')
    problems.push('MAIL_DRIVER must be smtp in production: a folder reaches nobody')
  if (env.AI_PROVIDER !== 'offline') need('AI_MODEL', `is needed when AI_PROVIDER is ${env.AI_PROVIDER}`)
  if (env.AI_PROVIDER === 'openai-compatible') need('AI_BASE_URL', 'is needed when AI_PROVIDER is openai-compatible')
  else if (env.AI_PROVIDER !== 'offline') need('AI_API_KEY', `is needed when AI_PROVIDER is ${env.AI_PROVIDER}`)
  return problems
}

const grouped = (env: Environment) => ({
  mode: env.THROUGHLINE_MODE,
  log: { level: env.LOG_LEVEL },
  api: {
    host: env.API_HOST,
    port: env.API_PORT,
    corsOrigins: env.CORS_ORIGINS,
    trustProxy: env.TRUST_PROXY,
    metricsToken: env.METRICS_TOKEN,
  },
  shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
  /** Requests a minute. */
  rateLimits: {
    perMinute: env.RATE_LIMIT_MAX,
    loginPerMinute: env.LOGIN_RATE_LIMIT_MAX,
    registerPerMinute: env.REGISTER_RATE_LIMIT_MAX,
    refreshPerMinute: env.REFRESH_RATE_LIMIT_MAX,
    resetPerMinute: env.RESET_RATE_LIMIT_MAX,
    tenantPerMinute: env.TENANT_RATE_LIMIT_MAX,
  },
  portalUrls: { dashboard: env.DASHBOARD_URL, manage: env.MANAGE_URL, dm: env.DM_URL },
  database: {
    ownerUrl: env.DATABASE_OWNER_URL,
    platformUrl: env.DATABASE_PLATFORM_URL,
    tenantUrl: env.DATABASE_TENANT_URL,
    readUrl: env.DATABASE_READ_URL,
    poolMax: env.DATABASE_POOL_MAX,
    binding: env.TENANCY_BINDING,
  },
  redis: { url: env.REDIS_URL, prefix: env.REDIS_PREFIX },
  tokens: { secret: env.JWT_SECRET, previousSecret: env.JWT_SECRET_PREVIOUS, cookieSecure: env.COOKIE_SECURE },
  encryption: { key: env.ENCRYPTION_KEY, previousKey: env.ENCRYPTION_KEY_PREVIOUS },
  mail: { driver: env.MAIL_DRIVER, dir: env.MAIL_DIR, from: env.MAIL_FROM, smtpUrl: env.SMTP_URL },
  /** Whom we may call at addresses that users give; plain http never in production. */
  outbound: {
    allowHttp: env.THROUGHLINE_MODE !== 'production',
    allowAddresses: env.OUTBOUND_ALLOW_ADDRESSES,
    ports: env.OUTBOUND_ALLOW_PORTS,
  },
  payments: { providers: env.PAYMENT_PROVIDERS },
  storage: {
    driver: env.STORAGE_DRIVER,
    dir: env.STORAGE_DIR,
    s3: {
      bucket: env.S3_BUCKET,
      endpoint: env.S3_ENDPOINT,
      region: env.S3_REGION,
      accessKeyId: env.S3_ACCESS_KEY_ID,
      secretAccessKey: env.S3_SECRET_ACCESS_KEY,
    },
  },
  uploads: { maxBytes: env.UPLOAD_MAX_BYTES, importMaxRows: env.IMPORT_MAX_ROWS },
  exports: { everySeconds: env.EXPORT_EVERY_SECONDS },
  ai: {
    provider: env.AI_PROVIDER,
    model: env.AI_MODEL,
    baseUrl: env.AI_BASE_URL,
    apiKey: env.AI_API_KEY,
    timeoutMs: env.AI_TIMEOUT_MS,
  },
  worker: {
    profiles: env.WORKER_PROFILES,
    healthPort: env.WORKER_HEALTH_PORT,
    concurrency: env.WORKER_CONCURRENCY,
    jobLockMs: env.JOB_LOCK_MS,
    jobBackoffMs: env.JOB_BACKOFF_MS,
  },
  telemetry: { otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT },
})

export type Config = Readonly<ReturnType<typeof grouped>>

/** Reads the environment once, at start. @throws ConfigError that lists everything that is wrong with it. */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  const problems = problemsOf(parsed.data)
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(grouped(parsed.data))
}

/** EX_CONFIG of sysexits: whoever keeps the process running knows that trying again is no use. */
const exitCode = 78

/** For a program's first line: a refusal to start is said in words, not in a stack. */
export async function loadConfigOrExit(): Promise<Config> {
  try {
    return loadConfig(await withSecrets(process.env))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    return process.exit(exitCode)
  }
}

const portalEnvironment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  API_URL: z.url().default('http://127.0.0.1:3003'),
  LOG_LEVEL: environment.shape.LOG_LEVEL,
  THROUGHLINE_MODE: environment.shape.THROUGHLINE_MODE,
})

export type PortalConfig = Readonly<{
  host: string
  port: number
  apiUrl: string
  logLevel: Environment['LOG_LEVEL']
  mode: Environment['THROUGHLINE_MODE']
}>

/** What a portal's server needs to know. @throws ConfigError */
export function loadPortalConfig(env: Record<string, string | undefined> = process.env): PortalConfig {
  const parsed = portalEnvironment.safeParse(env)
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  const { HOST, PORT, API_URL, LOG_LEVEL, THROUGHLINE_MODE } = parsed.data
  return Object.freeze({ host: HOST, port: PORT, apiUrl: API_URL, logLevel: LOG_LEVEL, mode: THROUGHLINE_MODE })
}

const preparation = z.object({
  DATABASE_ADMIN_URL: z.url().optional(),
  DATABASE_OWNER_URL: z.url().optional(),
  APP_OWNER_PASSWORD: z.string().optional(),
  APP_PLATFORM_PASSWORD: z.string().optional(),
  APP_TENANT_PASSWORD: z.string().optional(),
  THROUGHLINE_MODE: environment.shape.THROUGHLINE_MODE,
  /** The demo seals bank accounts with it; nothing else of a preparation needs it. */
  ENCRYPTION_KEY: z.string().optional(),
})
export type Preparation = z.infer<typeof preparation>

/** What migrating and provisioning need: an admin or owner URL, and the passwords of the runtime roles. */
export function loadPreparation(env: Record<string, string | undefined> = process.env): Preparation {
  const parsed = preparation.safeParse(env)
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  return parsed.data
}
