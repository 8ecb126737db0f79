import { NotFoundPage } from '@throughline/ui'

export default function NotFound() {
  return <NotFoundPage home="/queue" />
}
