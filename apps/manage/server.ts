import { startPortal } from '@throughline/portal-server'

await startPortal({ portal: 'manage', dir: import.meta.dirname, dev: process.argv.includes('--dev') })
