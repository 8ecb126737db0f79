/** What decides how the platform behaves: tests must not depend on what happens to be set here. */
const ours =
  /^(THROUGHLINE_(?!WRAPPER|NO_)|DATABASE_|REDIS_|JWT_|COOKIE_|CORS_|TRUST_PROXY|TENANCY_|[A-Z]*_?RATE_LIMIT|ENCRYPTION_|SECRETS_|VAULT_|MAIL_|SMTP_|PAYMENT_|STORAGE_|S3_|UPLOAD_|IMPORT_|EXPORT_|AI_|LOG_LEVEL|WORKER_|JOB_|OTEL_|METRICS_|SHUTDOWN_|API_|DASHBOARD_|MANAGE_|DM_|DATA_DIR|HOST$|PORT$|APP_|TEST_|E2E_|NODE_ENV)/

/** @param {NodeJS.ProcessEnv} env @returns {NodeJS.ProcessEnv} */
export const hermetic = (env) => Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)))
