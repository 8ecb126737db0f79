import { startPortal } from '@throughline/portal-server'

await startPortal({ portal: 'dashboard', dir: import.meta.dirname, dev: process.argv.includes('--dev') })
