// Files of a fund for tests: real storage and tables; the jobs run in this process, one after the other.
import { Readable } from 'node:stream'
import {
  type FundImportKind,
  type FundImportOptions,
  type FundImportView,
  fundImportOptions,
} from '@throughline/contracts'
import { createStorage, storageKey } from '@throughline/storage'
import type { TestTenant, TestWorld } from '@throughline/testing'
import { ranHere } from '../testing.ts'
import {
  acceptFundImport,
  commitFundImport,
  getFundImport,
  inspectAgain,
  inspectFundImport,
  runFundImport,
} from './index.ts'

type Wish = { kind: FundImportKind; options?: Partial<FundImportOptions> }

export function importsOf(world: TestWorld, tenant: TestTenant, { maxRows = 500_000 } = {}) {
  const resources = { storage: createStorage(world.config.storage), maxRows }
  const ctx = () => tenant.ctx('manager')
  const inspected = async (importId: string): Promise<FundImportView> => {
    await ranHere(tenant.systemCtx(), { importId }, (job) => inspectFundImport(job, resources))
    return getFundImport(ctx(), importId)
  }
  const accepted = async (fundId: string, content: string | Readable, { kind, options = {} }: Wish) => {
    const key = storageKey(tenant.id, new Date())
    const body = typeof content === 'string' ? Readable.from([Buffer.from(content)]) : content
    const stored = await resources.storage.put(key, body, { contentType: 'text/csv', maxBytes: 1e8 })
    const file = { ...stored, storageKey: key, name: 'rows.csv', contentType: 'text/csv' }
    return acceptFundImport(ctx(), fundId, { ...file, kind, options: fundImportOptions.parse(options) })
  }
  return {
    resources,
    accepted,
    inspected,
    /** Uploads and reads. */
    async read(fundId: string, content: string | Readable, wish: Wish): Promise<FundImportView> {
      return inspected((await accepted(fundId, content, wish)).import.id)
    },
    async readAgain(importId: string, options: Partial<FundImportOptions>): Promise<FundImportView> {
      await inspectAgain(ctx(), importId, fundImportOptions.parse(options))
      return inspected(importId)
    },
    async committed(importId: string, confirmation: string): Promise<FundImportView> {
      await commitFundImport(ctx(), importId, { confirmation })
      await ranHere(tenant.systemCtx(), { importId }, (job) => runFundImport(job, resources))
      return getFundImport(ctx(), importId)
    },
  }
}
