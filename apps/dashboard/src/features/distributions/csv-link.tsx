import { Button } from '@throughline/ui'
import { Download } from 'lucide-react'

/** The statement beside it, as a file. */
export const CsvLink = ({ address }: { address: string }) => (
  <Button size="sm" asChild>
    <a href={`/api/tenant/v1${address}`} download>
      <Download aria-hidden /> CSV
    </a>
  </Button>
)
