export function Wordmark({ compact = false }: { compact?: boolean }) {
  const keys = [5, 12, 19].flatMap((y) => [5, 12, 19].map((x) => ({ x, y }))).slice(0, 8)
  return (
    <span className="inline-flex items-center gap-2 text-accent">
      <svg viewBox="0 0 24 24" aria-hidden="true" className="size-6 shrink-0" fill="currentColor">
        {keys.map(({ x, y }) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r="2.4" />
        ))}
        <circle cx="19" cy="19" r="2" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      <span className={`text-lg font-semibold tracking-tight text-ink ${compact ? 'max-sm:sr-only' : ''}`}>
        Numberdesk
      </span>
    </span>
  )
}
