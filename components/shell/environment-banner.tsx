export function EnvironmentBanner({ baseUrl }: { baseUrl: string }) {
  return (
    <aside
      aria-label="Environment"
      className="border-b border-warn-line bg-warn-soft px-3 py-1 text-center text-sm text-warn max-sm:truncate max-sm:text-xs sm:px-6"
    >
      <strong className="font-semibold">This is not production.</strong>
      <span>{' Vida API: '}</span>
      {/* One line on a phone, so that loading the font does not move the page. */}
      <span className="sm:break-all">{baseUrl}</span>
    </aside>
  )
}
