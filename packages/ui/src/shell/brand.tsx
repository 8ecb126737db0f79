/** One thread through three points. */
export const Mark = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 24 24" className={className} aria-hidden focusable="false">
    <path
      d="M3 17c4 0 4.5-10 9-10s5 10 9 10"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
    />
    <circle cx="3.4" cy="17" r="2.2" fill="currentColor" />
    <circle cx="12" cy="7" r="2.2" fill="currentColor" />
    <circle cx="20.6" cy="17" r="2.2" fill="currentColor" />
  </svg>
)
