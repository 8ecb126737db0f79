import path from 'node:path'
import type { NextConfig } from 'next'

/** What is the same for every portal. */
export const portalNextConfig: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@throughline/ui', '@throughline/contracts', '@throughline/portal-server'],
  turbopack: { root: path.join(import.meta.dirname, '../../..') },
  // `turbo run typecheck` checks them, once and not in every build.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
}
