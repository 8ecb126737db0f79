export { ApiError, messageOf } from './api/api-error.ts'
export { apiFetch, queryString } from './api/api-fetch.ts'
export { signOut, useSession } from './api/session.tsx'
export { cn } from './cn.ts'
export { Badge, type Tone } from './components/badge.tsx'
export { Button } from './components/button.tsx'
export { ChangeList } from './components/change-list.tsx'
export { type Column, DataTable } from './components/data-table.tsx'
export { Field, Input, Select, Textarea } from './components/fields.tsx'
export { FileDrop } from './components/file-drop.tsx'
export {
  Dialog,
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuSeparator,
  MenuTrigger,
  Popover,
  PopoverContent,
  PopoverTrigger,
  Sheet,
} from './components/overlays.tsx'
export { Alert, EmptyState, ErrorState, NoResults, Skeleton } from './components/states.tsx'
export { Avatar, Card, Kbd, PageHeader, Progress, Stat } from './components/surfaces.tsx'
export { MarkdownText, WordDiff } from './components/text.tsx'
export { Toaster, toast } from './components/toaster.tsx'
export * from './format/format.ts'
export { LiveProvider, useConnected, useEvents, useLive } from './live/live.tsx'
export { AppShell, type NavItem } from './shell/app-shell.tsx'
export { type Hotkey, useHotkeys } from './shell/hotkeys.ts'
export { LoginScreen } from './shell/login-screen.tsx'
export { ErrorPage, NotFoundPage } from './shell/pages.tsx'
export { Providers } from './shell/providers.tsx'
