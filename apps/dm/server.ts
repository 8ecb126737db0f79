import { startPortal } from '@throughline/portal-server'

await startPortal({ portal: 'dm', dir: import.meta.dirname, dev: process.argv.includes('--dev') })
