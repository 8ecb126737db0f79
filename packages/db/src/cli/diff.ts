// `npm run db:diff <name>`: writes the next migration from what changed in prisma/schema since the last one.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { diffSchemas, readSnapshot, snapshotPath } from '../migrations/diff.ts'
import { migrationsDir, readSchema } from '../migrations/files.ts'

const name = process.argv[2]
if (!name || !/^[a-z0-9_]{1,60}$/.test(name)) {
  process.stderr.write('usage: npm run db:diff <name>   (lower case letters, digits, _)\n')
  process.exit(2)
}
const script = await diffSchemas(readSnapshot())
if (script === '') {
  process.stdout.write('schema and migrations agree: nothing to write\n')
} else {
  const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const dir = path.join(migrationsDir, `${timestamp}_${name}`)
  mkdirSync(dir)
  writeFileSync(path.join(dir, 'migration.sql'), `${script}\n`)
  writeFileSync(snapshotPath, readSchema())
  process.stdout.write(
    `wrote ${path.relative(process.cwd(), dir)}/migration.sql: read it, add row-level security for new tables\n`,
  )
}
