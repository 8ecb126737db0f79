// What an answer must never say of the machine behind it.

const tells: [kind: string, pattern: RegExp][] = [
  ['a stack', /\n\s+at .+[:(]|\bat (?:async )?[\w.<>]+ \((?:file:|node:|\/)/],
  [
    'a file path',
    /node_modules|file:\/\/|(?:^|[\s"'(])\/(?:work|home|usr|tmp|var|root|app|opt)\/|\.(?:ts|mjs|cjs):\d+/,
  ],
  [
    'SQL or the words of the database',
    /\b(?:select|insert|update|delete)\b[^.]{0,200}\b(?:from|into|set|values|where)\b[^.]{0,80}[=$(]|SQLSTATE|syntax error at|violates|(?:relation|column|constraint) "|invalid (?:input syntax|input value|byte)|out of range|cannot be cast|does not exist$/i,
  ],
  ['the name of a library', /prisma|postgres|ioredis|bullmq|fastify|ZodError|FST_ERR|ECONN|ENOENT|EACCES/i],
  [
    'the words of a JavaScript error',
    /Cannot read propert|is not a function|is not iterable|undefined is not|call stack|Unexpected token/,
  ],
]

/** The kinds of things that a refusal gives away; what was sent is no secret and may come back. */
export const leaksOf = (text: string): string[] =>
  tells.flatMap(([kind, pattern]) => (pattern.test(text) ? [kind] : []))
