import type { Metadata } from 'next'
import { PortfolioScreen } from '@/features/portfolio/portfolio-screen.tsx'

export const metadata: Metadata = { title: 'Portfolio' }

export default function Page() {
  return <PortfolioScreen />
}
