'use client'
import { Download } from 'lucide-react'
import { Button } from '../components/button.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { Notice } from '../components/states.tsx'
import { downloadText } from './download-text.ts'

/** Ten codes that are shown this once. */
export function RecoveryCodesPanel({ codes, onKept }: { codes: readonly string[]; onKept(): void }) {
  const text = `${codes.join('\n')}\n`
  return (
    <div className="grid gap-4">
      <Notice tone="warn">
        Keep these codes somewhere safe. Each opens your account once when your phone is not at hand. They are not shown
        again.
      </Notice>
      <ul aria-label="Recovery codes" className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-xl bg-sunken p-4">
        {codes.map((code) => (
          <li key={code} className="font-mono text-sm">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} label="Copy the recovery codes" />
        <Button onClick={() => downloadText('throughline-recovery-codes.txt', text)}>
          <Download aria-hidden /> Download
        </Button>
        <Button kind="primary" className="ml-auto" onClick={onKept}>
          I have kept them
        </Button>
      </div>
    </div>
  )
}
