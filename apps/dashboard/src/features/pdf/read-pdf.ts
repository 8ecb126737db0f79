// PDFs are read in a worker of the browser: one for all previews of the page, ended when the last of them is left.
import type { PDFDocumentProxy, PDFWorker } from 'pdfjs-dist'
import { shared } from './shared-worker.ts'

interface Reader {
  port: Worker
  worker: Promise<PDFWorker>
}

/** Sent as a file of our own: the policy of our pages lets no worker start from text. */
const workerUrl = () => new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url)

const reader = shared<Reader>(
  () => {
    const port = new Worker(workerUrl().href, { type: 'module', name: 'pdf' })
    return { port, worker: import('pdfjs-dist').then(({ PDFWorker: Pdf }) => Pdf.create({ port })) }
  },
  ({ port, worker }) => {
    void worker.then((each) => each.destroy())
    port.terminate()
  },
)

export interface OpenPdf {
  pdf: Promise<PDFDocumentProxy>
  close(): void
}

/** Opens a document; `close` lets go of it, and of the worker. */
export function openPdf(bytes: ArrayBuffer): OpenPdf {
  const { held, release } = reader.hold()
  const task = held.worker.then(async (worker) => {
    const { getDocument } = await import('pdfjs-dist')
    return getDocument({ data: bytes.slice(0), worker, useWasm: false, verbosity: 0 })
  })
  return {
    pdf: task.then(({ promise }) => promise),
    close() {
      release()
      // The worker may be gone before the document could be opened.
      void task.then((each) => each.destroy()).catch(() => undefined)
    },
  }
}
