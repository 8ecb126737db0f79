// `npm run sbom`: writes sbom.cdx.json, which git ignores.
import { writeFileSync } from 'node:fs'
import { installedLicences } from '../licences.ts'
import { readLockfile } from '../lockfile.ts'
import { createSbom, sbomFile } from '../sbom.ts'

const sbom = createSbom(readLockfile(), installedLicences())
writeFileSync(sbomFile, `${JSON.stringify(sbom, null, 2)}\n`)
console.log(`${sbom.components.length} components are listed in ${sbomFile}`)
