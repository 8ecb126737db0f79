import { type ClassValue, clsx } from 'clsx'
import { twMerge } from 'tailwind-merge'

/** Class names, later ones winning over earlier ones that say the same. */
export const cn = (...inputs: ClassValue[]): string => twMerge(clsx(inputs))
