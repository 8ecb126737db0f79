import { portalNextConfig } from '@throughline/portal-server/next-config'

export default portalNextConfig
