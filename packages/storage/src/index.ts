import type { Config } from '@throughline/config'
import { createDiskStorage } from './disk.ts'
import { createS3Storage } from './s3.ts'
import type { Storage } from './storage.ts'

export { type FileKind, knownKindOf, type RecognisedUpload, recogniseUpload } from './content-types.ts'
export { byteOrderMark, csvLine, neutralised, restored } from './csv-cells.ts'
export { contentDisposition, fileName } from './file-names.ts'
export { type ObjectBody, type PutOptions, type Storage, type StoredObject, storageKey } from './storage.ts'

/** The storage that the configuration asks for. Nothing is opened before the first use. */
export function createStorage({ driver, dir, s3 }: Config['storage']): Storage {
  if (driver === 'disk') return createDiskStorage(dir)
  const { bucket, accessKeyId, secretAccessKey, region, endpoint } = s3
  if (!bucket || !accessKeyId || !secretAccessKey) throw new Error('the configuration names no S3 bucket or keys')
  return createS3Storage({ bucket, accessKeyId, secretAccessKey, region, endpoint })
}
