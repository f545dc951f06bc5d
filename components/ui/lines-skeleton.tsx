const LINES = ['a', 'b', 'c', 'd', 'e', 'f']

/** In place of a list of some lines that is being read. */
export function LinesSkeleton() {
  return (
    <div aria-hidden="true" className="rounded-panel border border-line bg-surface">
      {LINES.map((line) => (
        <div key={line} className="flex h-13 items-center gap-6 border-b border-line px-4 last:border-b-0">
          <div className="h-3 w-36 rounded bg-sunken" />
          <div className="h-3 w-1/3 rounded bg-sunken" />
        </div>
      ))}
    </div>
  )
}
