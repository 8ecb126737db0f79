export {
  type Config,
  loadConfig,
  loadConfigOrExit,
  loadPortalConfig,
  loadPreparation,
  type PortalConfig,
  type Preparation,
} from './config.ts'
export { ConfigError } from './config-error.ts'
export type { PaymentProvider } from './payment-providers.ts'
export { type Environment, environment } from './schema.ts'
export { withSecrets } from './secrets.ts'
