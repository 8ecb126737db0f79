// `npm run audit:verify`: walks every chain of the audit log and compares it with what was sealed. Ends with 1 and the
// first row that does not hold, per chain.
import { loadConfigOrExit } from '@throughline/config'
import { createDatabase, platformScope } from '@throughline/db'
import { createStorage } from '@throughline/storage'
import { readChainIds, readSeals, verifyChain } from '../audit/index.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const config = await loadConfigOrExit()
const database = createDatabase(config, { error: (details, message) => say(`${message} ${JSON.stringify(details)}`) })
const { platform } = database

try {
  const seals = await readSeals(platform, createStorage(config.storage))
  let broken = 0
  let entries = 0
  const chains = await readChainIds(platform)
  for (const tenantId of chains) {
    const found = await verifyChain(platform, tenantId, seals)
    entries += found.entries
    if (found.intact) continue
    broken += 1
    const name = tenantId === platformScope ? 'the platform' : `tenant ${tenantId}`
    say(`BROKEN  ${name}: row ${found.broken?.seq}: ${found.broken?.reason}`)
  }
  say(
    `${chains.length} chains, ${entries} rows, ${seals.count} seals: ${broken === 0 ? 'all intact' : `${broken} broken`}`,
  )
  process.exitCode = broken === 0 ? 0 : 1
} finally {
  await database.close()
}
