// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the examples are code in quotes.
// What a linter does not know about this project, one row a rule. Each row carries an example that it must refuse and
// one that it must let pass, so that a rule that has stopped working is found by its own test.

export interface Rule {
  name: string
  /** Printed when the rule is broken: why it is there and what to do instead. */
  because: string
  /** Files that the rule looks at. */
  files: RegExp
  /** Files that it leaves alone. */
  except?: RegExp
  refuses: RegExp
  bad: string
  good: string
}

const servers = /^(apps\/(api|worker)|packages\/(?!ui|api-client))\/?.*\.ts$/
const tests = /\.(int\.)?test\.ts$|\/testing\.ts$|\/testing\/|^packages\/testing\//

export const rules: Rule[] = [
  {
    name: 'the environment is read in one place',
    because: 'packages/config parses it once, with clear errors; take what you need from Config',
    files: /^(apps|packages)\/.*\.tsx?$/,
    // A portal's proxy.ts runs inside Next, which has its own environment.
    except: /^packages\/(config|testing)\/|\.config\.ts$|\.test\.ts$|^apps\/(dashboard|dm|manage)\/src\/proxy\.ts$/,
    refuses: /process\.env\b/,
    bad: 'const url = process.env.REDIS_URL',
    good: 'const url = config.redis.url',
  },
  {
    name: 'nothing is sent to all sockets',
    because: 'a room is named on the server for one tenant: io.local.to(room).emit(…)',
    files: /\.ts$/,
    refuses: /\bio\.(sockets\.)?emit\(/,
    bad: "io.emit('event', event)",
    good: "io.local.to(room).emit('event', event)",
  },
  {
    name: 'pages have cursors',
    because:
      'OFFSET reads what it skips, and skips rows when some are added; use encodeCursor over the sort key and id',
    files: /^(apps|packages)\/.*\.ts$/,
    refuses: /\boffset\s+\$\{|\bOFFSET\s+(\d|\$)|\bskip:\s*[^,}]*(page|offset|\d)/,
    bad: 'select * from deals limit 50 offset ${page}',
    good: 'select * from deals where (created_at, id) < (${at}, ${id}) limit 50',
  },
  {
    name: 'SQL is not built from strings',
    because: 'values go through the sql template, which never makes text of them',
    files: /^(apps|packages)\/.*\.ts$/,
    refuses: /\$(query|execute)RawUnsafe\(|Prisma\.raw\(/,
    bad: 'db.$queryRawUnsafe(`select ${id}`)',
    good: 'db.query(sql`select ${id}`)',
  },
  {
    name: 'no test is left out or run alone',
    because: 'a test that does not run says nothing; delete it or mend it',
    files: /\.(test|spec)\.tsx?$/,
    refuses: /\b(it|test|describe)\.(skip|only|todo|fixme)\b/,
    bad: "it.only('works', () => {})",
    good: "it('works', () => {})",
  },
  {
    name: 'types are not switched off',
    because: 'parse what comes from outside with a schema, and say unknown until then',
    files: /^(apps|packages|bench|e2e|tooling)\/.*\.tsx?$/,
    except: /^tooling\/guards\/rules\.ts$/,
    refuses: /@ts-(ignore|expect-error|nocheck)|\bas any\b|:\s*any\b|<any>/,
    bad: 'const body = request.body as any',
    good: 'const body: unknown = request.body',
  },
  {
    name: 'money and ids are neither floats nor chance',
    because: 'money is a decimal string and decimal.js; ids and tokens come from crypto',
    files: /^packages\/(crm|funds|accounts|content|jobs)\/.*\.ts$/,
    except: tests,
    refuses: /Math\.random\(|parseFloat\(/,
    bad: 'const id = Math.random()',
    good: 'const id = randomUUID()',
  },
  {
    name: 'servers log, and print nothing',
    because: 'a log line has a level, a request id and redaction; console has none',
    files: servers,
    except: tests,
    refuses: /\bconsole\.(log|warn|error|info|debug)\(/,
    bad: "console.log('started')",
    good: "log.info({ port }, 'started')",
  },
  {
    name: 'addresses of users are called through one door',
    because: 'fetchOutside of packages/outbound refuses what is inside our network; fetch goes anywhere',
    files: servers,
    // What an operator configures (models, buckets, secrets, the API of a portal) may well be inside.
    except: new RegExp(`^packages/(outbound|ai|storage|config|portal-server)/|${tests.source}`),
    refuses: /(?<![\w.$])(globalThis\.)?fetch\(|\bhttps?\.(request|get)\(/,
    bad: 'const answer = await fetch(webhook.url)',
    good: 'const answer = await fetchOutside(webhook.url)',
  },
  {
    name: 'nothing is left for later without a reason',
    because: 'do it now, or write an issue',
    files: /^(apps|packages|scripts|prisma|bench|e2e)\/.*\.(tsx?|mjs|prisma|sql)$/,
    refuses: /\b(TODO|FIXME|XXX|HACK)\b/,
    bad: '// TODO: handle errors',
    good: '// Errors are handled by the caller.',
  },
  {
    name: 'an error is not swallowed',
    because: 'handle it, or say in the block why nothing is right',
    files: /\.(tsx?|mjs)$/,
    except: /^tooling\/guards\/rules\.ts$/,
    refuses: /catch\s*(\([^)]*\))?\s*\{\s*\}/,
    bad: 'try { work() } catch {}',
    good: 'try { work() } catch { /* gone already, which is what we want */ }',
  },
  {
    name: 'amounts are split in one place',
    because:
      'a second rule of rounding gives other cents: allocateCall and shareOut of packages/funds/src/allocation split every amount (docs/adr/0015)',
    files: /^(apps|packages|prisma)\/.*\.(tsx?|sql)$/,
    except: new RegExp(`^packages/funds/src/allocation/|${tests.source}`),
    // A function that is named for it, or an amount times one's part over the whole.
    refuses:
      /\b(?:function|const)\s+(?:allocate|apportion|prorate|proRata|splitPro|splitBy|largestRemainder|distributeCents|spreadCents)\w*|\*\s*[\w.]*(?:commitment|weight|ownership)[\w.]*\s*\)?\s*\/|\b(?:commitment|weight)\w*\s*\/\s*(?:nullif\()?\s*(?:sum\(|total)/i,
    bad: 'const line = (call * investor.commitment) / totalCommitments',
    good: 'const lines = allocateCall(components, investors).lines',
  },
]
