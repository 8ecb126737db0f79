export { createLogger, type Logger, redactedPaths } from './logger.ts'
export { newTraceparent, parseTraceparent } from './traceparent.ts'
