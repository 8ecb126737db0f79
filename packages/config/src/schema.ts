import * as z from 'zod'
import { paymentProviders } from './payment-providers.ts'

/** `true`/`false`, `1`/`0`; anything else is refused rather than read as true. */
const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')
const port = z.coerce.number().int().min(0).max(65_535)
const count = z.coerce.number().int().positive()
const list = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)))
/** Like `list`, and nothing when it is empty. */
const optionalList = z
  .string()
  .default('')
  .transform((value) => value.split(',').flatMap((part) => part.trim() || []))
const optionalText = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional()

/** Every variable that Throughline reads. `.env.example` lists the same ones; a test holds the two in step. */
export const environment = z.object({
  THROUGHLINE_MODE: z.enum(['demo', 'test', 'production']).default('production'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),

  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: port.default(3003),
  DASHBOARD_PORT: port.default(3000),
  MANAGE_PORT: port.default(3001),
  DM_PORT: port.default(3002),
  /** Origins that browsers may call from. `null` counts only when it is named. */
  CORS_ORIGINS: list.default(['http://localhost:3000', 'http://localhost:3001', 'http://localhost:3002']),
  /** Addresses or subnets of proxies whose X-Forwarded-For counts. */
  TRUST_PROXY: list.default(['127.0.0.1', '::1']),
  /** Requests a minute from one address. */
  RATE_LIMIT_MAX: count.default(600),
  LOGIN_RATE_LIMIT_MAX: count.default(10),
  REGISTER_RATE_LIMIT_MAX: count.default(5),
  REFRESH_RATE_LIMIT_MAX: count.default(30),
  RESET_RATE_LIMIT_MAX: count.default(5),
  /** Requests a minute of one firm, over all its people and keys. */
  TENANT_RATE_LIMIT_MAX: count.default(6_000),
  /** Where people find the portals: links in mails lead there. */
  DASHBOARD_URL: z.url().default('http://localhost:3000'),
  MANAGE_URL: z.url().default('http://localhost:3001'),
  DM_URL: z.url().default('http://localhost:3002'),
  /** Who may read /metrics from elsewhere than this machine; unset: nobody. */
  METRICS_TOKEN: optionalText,
  /** Milliseconds that requests and jobs get to end after SIGTERM. */
  SHUTDOWN_TIMEOUT_MS: count.default(20_000),

  /** Creates roles and the database; read by `prepare` only. */
  DATABASE_ADMIN_URL: z.url().optional(),
  DATABASE_OWNER_URL: z.url().optional(),
  DATABASE_PLATFORM_URL: z.url(),
  DATABASE_TENANT_URL: z.url(),
  DATABASE_READ_URL: z.url().optional(),
  DATABASE_POOL_MAX: count.default(14),
  /** `transaction` behind a transaction-mode pooler such as PgBouncer, where a session setting does not hold. */
  TENANCY_BINDING: z.enum(['session', 'transaction']).default('session'),

  REDIS_URL: z.url(),
  /** In front of every key and channel, so that installations can share a Redis. */
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]*$/)
    .default('tl'),

  /** At least 32 characters; signs access tokens. */
  JWT_SECRET: z.string(),
  /** Still accepted while tokens signed with it live. */
  JWT_SECRET_PREVIOUS: optionalText,
  COOKIE_SECURE: flag.default(true),
  /** At least 32 characters; encrypts what is stored and must be read again, such as second factors. */
  ENCRYPTION_KEY: z.string(),
  /** Still read while what it encrypted is written anew. */
  ENCRYPTION_KEY_PREVIOUS: optionalText,

  /** `vault` reads every secret of this list that is not set from a KV store over Vault's HTTP API. */
  SECRETS_PROVIDER: z.enum(['env', 'vault']).default('env'),
  VAULT_ADDR: z.url().optional(),
  VAULT_TOKEN: optionalText,
  /** The API path of the secret, e.g. secret/data/throughline. */
  VAULT_SECRET_PATH: optionalText,

  MAIL_DRIVER: z.enum(['folder', 'smtp']).default('folder'),
  MAIL_DIR: z.string().default('.data/mail'),
  MAIL_FROM: z.string().default('Throughline <no-reply@throughline.test>'),
  /** smtp://user:password@host:port, or smtps://… */
  SMTP_URL: optionalText,

  /** Addresses that are not public and may be called all the same (webhooks): a receiver of a test, or of the own house. */
  OUTBOUND_ALLOW_ADDRESSES: optionalList,
  /** Ports beside 80 and 443 that may be called. */
  OUTBOUND_ALLOW_PORTS: optionalList.pipe(z.array(z.coerce.number<string>().int().min(1).max(65_535))),

  /** Gateways that may call /pg/v1, each with its scheme and its present and previous secret. */
  PAYMENT_PROVIDERS: paymentProviders.prefault('{}'),

  STORAGE_DRIVER: z.enum(['disk', 's3']).default('disk'),
  STORAGE_DIR: z.string().default('.data/storage'),
  S3_BUCKET: optionalText,
  S3_ENDPOINT: optionalText,
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: optionalText,
  S3_SECRET_ACCESS_KEY: optionalText,
  /** 50 MB. */
  UPLOAD_MAX_BYTES: count.default(52_428_800),
  IMPORT_MAX_ROWS: count.default(500_000),
  EXPORT_EVERY_SECONDS: z.coerce.number().int().min(0).default(300),

  AI_PROVIDER: z.enum(['offline', 'anthropic', 'openai', 'google', 'openai-compatible']).default('offline'),
  AI_MODEL: optionalText,
  AI_BASE_URL: optionalText,
  AI_API_KEY: optionalText,
  AI_TIMEOUT_MS: count.default(120_000),

  WORKER_PROFILES: list.pipe(z.array(z.enum(['llm', 'util', 'documents']))).default(['llm', 'util', 'documents']),
  WORKER_HEALTH_PORT: port.default(3010),
  WORKER_CONCURRENCY: count.default(4),
  /** How long a worker may be silent before its job is taken up by another. */
  JOB_LOCK_MS: count.default(30_000),
  /** First wait before a failed job runs again; doubles each time. */
  JOB_BACKOFF_MS: count.default(5_000),

  OTEL_EXPORTER_OTLP_ENDPOINT: optionalText,
})

export type Environment = z.infer<typeof environment>
