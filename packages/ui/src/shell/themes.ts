import { Monitor, Moon, Sun } from 'lucide-react'

export const themes = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'Like the system', icon: Monitor },
] as const
export { useTheme } from 'next-themes'
