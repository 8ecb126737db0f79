import { setNonce } from 'get-nonce'
import { useState } from 'react'

/**
 * The nonce that the document came with. A browser holds a document to the policy of its own answer, so the nonce of a
 * later request for a part of it is of no use here.
 */
export function useDocumentNonce(nonce: string | undefined): string | undefined {
  const [first] = useState(() => {
    // Dialogs and menus add a style element while they keep the page from scrolling; the library asks for it there.
    if (nonce && typeof document !== 'undefined') setNonce(nonce)
    return nonce
  })
  return first
}
