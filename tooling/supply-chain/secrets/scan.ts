import { lintSource } from '@secretlint/core'
import { rules } from '@secretlint/secretlint-rule-preset-recommend'
import { isAllowed } from './allowed.ts'
import { patterns } from './patterns.ts'

export interface Finding {
  /** A path from the root, or the name of a commit. */
  file: string
  line: number
  rule: string
  /** What was found. Never print it: a build log is read by more people than the code. */
  secret: string
}

const prefix = '@secretlint/secretlint-rule-'

/** The preset, rule by rule: as a whole it does not let one of its rules be left out. */
const config = {
  rules: rules
    // A comment that switches the scan off would be the first thing to be copied: exceptions are in allowed.ts.
    .filter(({ meta }) => meta.id !== `${prefix}filter-comments`)
    .map((rule) => ({ id: rule.meta.id, rule, options: { enableIDScanRule: true } })),
}

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

async function findWithPreset(file: string, text: string): Promise<Finding[]> {
  const { messages } = await lintSource({
    source: { filePath: file, content: text, contentType: 'text', ext: file.slice(file.lastIndexOf('.')) },
    options: { config },
  })
  return messages.map(({ ruleId, range, loc }) => ({
    file,
    line: loc.start.line,
    rule: ruleId.replace(prefix, ''),
    // Some rules of the preset read on to the next space.
    secret: text.slice(...range).replace(/['"`,;)\]}]+$/, ''),
  }))
}

function findWithPatterns(file: string, text: string): Finding[] {
  return patterns.flatMap(({ name, finds, confirms }) =>
    [...text.matchAll(finds)].flatMap(({ groups, index, 0: whole }) => {
      const secret = groups?.secret ?? whole
      if (confirms && !confirms(secret)) return []
      return [{ file, line: lineAt(text, index), rule: name, secret }]
    }),
  )
}

/**
 * Looks for secrets in one text; works offline.
 * @returns what is neither a place for a secret nor in the list of public values; nothing for a binary file
 */
export async function scan(file: string, text: string): Promise<Finding[]> {
  if (text.includes('\0')) return []
  const found = [...(await findWithPreset(file, text)), ...findWithPatterns(file, text)]
  return found.filter(({ secret }) => !isAllowed(secret))
}

/** One line for a person, which shows where to look and not what is there. */
export const describeFinding = ({ file, line, rule, secret }: Finding): string =>
  `${file}:${line}: ${rule} (${secret.length} characters, begins with ${JSON.stringify(secret.slice(0, 3))})`
