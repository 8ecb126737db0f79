'use client'

export { ErrorPage as default } from '@throughline/ui'
