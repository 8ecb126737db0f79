export { endGracefully, type LifecycleOptions } from './lifecycle.ts'
export { createLogger, type Logger } from './logger.ts'
export { newTraceparent, parseTraceparent } from './traceparent.ts'
