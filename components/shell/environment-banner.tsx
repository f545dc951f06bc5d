/** Names where returns go when that is not Vida's production. */
export function EnvironmentBanner({ baseUrl }: { baseUrl: string }) {
  return (
    <aside
      aria-label="Environment"
      className="border-b border-warn-line bg-warn-soft px-3 py-1 text-center text-sm text-warn sm:px-6"
    >
      <strong className="font-semibold">This is not production.</strong> Vida API:{' '}
      {/* On a phone both fit one line in some fonts and not in others, and the page would move when its font comes. */}
      <span className="break-all max-sm:block">{baseUrl}</span>
    </aside>
  )
}
