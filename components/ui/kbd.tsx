/** A key; not where there is only a touch screen. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="rounded border border-control bg-canvas px-1.5 font-sans text-sm whitespace-nowrap max-sm:pointer-coarse:hidden">
      {children}
    </kbd>
  )
}
