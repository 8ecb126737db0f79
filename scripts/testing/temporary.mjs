import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A new empty folder, with a space in its name: paths are quoted everywhere, or tests fail. */
export const temporaryFolder = () => fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'through line-'))
