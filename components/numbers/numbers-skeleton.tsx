const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']

/** As high as the rows that replace it, so that the layout does not shift. */
export function NumbersSkeleton() {
  return (
    <div
      aria-hidden="true"
      className="rounded-panel border border-line bg-surface max-sm:grid max-sm:gap-1.5 max-sm:border-0 max-sm:bg-transparent"
    >
      <div className="h-8 rounded-t-panel border-b border-line bg-sunken max-sm:hidden" />
      {ROWS.map((row) => (
        <div
          key={row}
          className="flex h-12 items-center gap-4 border-b border-line px-4 last:border-b-0 max-sm:h-18 max-sm:flex-col max-sm:items-start max-sm:justify-center max-sm:rounded-panel max-sm:border max-sm:bg-surface"
        >
          <div className="h-3 w-36 rounded bg-sunken" />
          <div className="h-3 w-1/4 rounded bg-sunken" />
          <div className="h-3 w-1/5 rounded bg-sunken max-sm:hidden" />
        </div>
      ))}
    </div>
  )
}
