// The thread in which one PDF is read: it may take as long and as much memory as its file asks for, and is ended then.
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { readPdf } from './read-pdf.ts'

const input = z.object({ bytes: z.instanceof(Uint8Array), maxPages: z.number(), maxCharacters: z.number() })
const { bytes, ...limits } = input.parse(workerData)
parentPort?.postMessage(await readPdf(bytes, limits))
