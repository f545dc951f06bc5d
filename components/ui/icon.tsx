const PATHS = {
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3 3',
  close: 'm4 4 8 8m0-8-8 8',
  chevron: 'm6 4 4 4-4 4',
  up: 'M8 13V3m0 0L4 7m4-4 4 4',
  copy: 'M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z',
  check: 'm3 8.5 3.5 3.5L13 4.5',
  refresh: 'M13.5 3v3.5H10m3.2 0A5.5 5.5 0 1 0 13.5 9',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  warn: 'M8 6v3m0 2.5v.01M7.1 2.6 1.6 12a1 1 0 0 0 .9 1.5h11a1 1 0 0 0 .9-1.5L8.9 2.6a1 1 0 0 0-1.8 0Z',
  info: 'M8 7.5V11M8 5v.01M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  edit: 'm3 13 .7-2.9 7-7a1.5 1.5 0 0 1 2.2 2.2l-7 7z',
  columns: 'M2 3h12v10H2zM6 3v10M10 3v10',
  activity: 'M1.5 8.5h3l2-5 3 9 2-4h3',
  leave: 'M6.5 2.5h-4v11h4M6 8h7.5m0 0-3-3m3 3-3 3',
  spinner: 'M14 8a6 6 0 1 1-6-6',
} as const

export function Icon({ name, className = 'size-4' }: { name: keyof typeof PATHS; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.5 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
