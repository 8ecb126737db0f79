// `npm run secrets`: looks for secrets in all that was ever committed on any branch. `npm test` looks at the tree only.
import { root } from '../../guards/sources.ts'
import { scanHistory } from '../secrets/history.ts'
import { describeFinding } from '../secrets/scan.ts'

const { blobs, findings } = await scanHistory(root)
for (const finding of findings) console.log(describeFinding(finding))
console.log(`${blobs} versions of files and messages looked at, ${findings.length} secrets found`)
if (findings.length > 0) process.exitCode = 1
