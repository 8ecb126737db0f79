export {
  type Config,
  ConfigError,
  loadConfig,
  loadConfigOrExit,
  loadPortalConfig,
  loadPreparation,
  type PortalConfig,
  type Preparation,
} from './config.ts'
export type { PaymentProvider } from './payment-providers.ts'
export { type Environment, environment } from './schema.ts'
