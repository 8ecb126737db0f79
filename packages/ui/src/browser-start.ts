// Runs in the browser before anything else of a portal.
import { config } from 'zod'

// zod compiles its schemas with `new Function` where it may. It may not (docs/adr/0010), and each try would be reported.
config({ jitless: true })
