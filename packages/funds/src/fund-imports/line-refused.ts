import { FileRefused } from '@throughline/cells'
import { AppError } from '@throughline/contracts'

/** What a desk refuses is told with the line that asked for it. @throws FileRefused */
export async function onLine<T>(line: number, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal')
      throw new FileRefused(`Line ${line}: ${error.message} Nothing was changed.`, line)
    throw error
  }
}
