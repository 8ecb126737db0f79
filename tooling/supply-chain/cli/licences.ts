// `npm run licences`: writes docs/licences.md.
import { existsSync, writeFileSync } from 'node:fs'
import { installedLicences, licencesFile, listedLicences, productionLicences, renderLicences } from '../licences.ts'
import { readLockfile } from '../lockfile.ts'

const known = existsSync(licencesFile) ? listedLicences() : new Map<string, string>()
const licences = productionLicences(readLockfile(), installedLicences(), known)
writeFileSync(licencesFile, renderLicences(licences))
console.log(`${licences.size} packages are listed in ${licencesFile}`)
