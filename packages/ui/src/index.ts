export { AccountScreen } from './account/account-screen.tsx'
export { SecondFactorSetup } from './account/second-factor-setup.tsx'
export { ApiError, isRefusal, issueAt, messageOf } from './api/api-error.ts'
export { apiFetch, queryString, renewSession } from './api/api-fetch.ts'
export { useLockout } from './api/lockout.ts'
export { passwordRefusal } from './api/password-refusal.ts'
export { isSigningOut, signOut, useSession } from './api/session.tsx'
export { cn } from './cn.ts'
export { Badge, type Tone } from './components/badge.tsx'
export { Button } from './components/button.tsx'
export { ChangeList } from './components/change-list.tsx'
export { Checkbox, CheckList, Chip, type Choice, MultiChoice, TagInput } from './components/choices.tsx'
export { Combobox, type Picked } from './components/combobox.tsx'
export { ConfirmDialog } from './components/confirm-dialog.tsx'
export { CopyButton } from './components/copy-button.tsx'
export { type Column, DataTable } from './components/data-table.tsx'
export { Code, Fact, FactList } from './components/facts.tsx'
export { Field, Input, Select, Textarea } from './components/fields.tsx'
export { FileDrop } from './components/file-drop.tsx'
export {
  Dialog,
  Lookup,
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
export { PasswordField } from './components/password-field.tsx'
export { Refusal } from './components/refusal.tsx'
export { SidePanel } from './components/side-panel.tsx'
export { Alert, EmptyState, ErrorState, NoResults, Notice, Skeleton } from './components/states.tsx'
export { Avatar, Card, Kbd, PageHeader, Progress, Stat } from './components/surfaces.tsx'
export { Switch } from './components/switch.tsx'
export { MarkdownText, WordDiff } from './components/text.tsx'
export { Toaster, toast } from './components/toaster.tsx'
export { DeadLink } from './entry/dead-link.tsx'
export { BackToSignIn, EntryFrame, EntryLink } from './entry/entry-frame.tsx'
export { EntrySubmit } from './entry/entry-submit.tsx'
export { ForgotPasswordScreen } from './entry/forgot-password-screen.tsx'
export { LinkPage } from './entry/link-page.tsx'
export { LoginScreen } from './entry/login-screen.tsx'
export { ResetPasswordScreen } from './entry/reset-password-screen.tsx'
export { VerifyEmailScreen } from './entry/verify-email-screen.tsx'
export * from './format/format.ts'
export { useHydrated } from './hydrated.ts'
export { LiveProvider, useEvents, useFundRoom, useFundRooms, useLive } from './live/live.tsx'
export { useIsPhone } from './media.ts'
export { AppShell, type NavItem } from './shell/app-shell.tsx'
export { HotkeyHelp, type KeyGroup } from './shell/hotkey-help.tsx'
export { type Hotkey, useHotkeys } from './shell/hotkeys.ts'
export { ErrorPage, NotFoundPage } from './shell/pages.tsx'
export { TabLinks } from './shell/tab-links.tsx'
export { themes, useTheme } from './shell/themes.ts'
export { useSettled, useTypingPause } from './typing-pause.ts'
