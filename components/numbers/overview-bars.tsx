'use client'

import { useId } from 'react'
import { Icon } from '@/components/ui/icon'
import { formatCount, plural } from '@/lib/client/format/format'
import type { Part, Ranking } from '@/lib/domain/inventory/overview'
import { UNSTATED } from '@/lib/domain/inventory/view'

export const partClass =
  'rounded-control text-left hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:font-semibold forced-colors:aria-pressed:outline-2 forced-colors:aria-pressed:-outline-offset-2'

/** Room for every bar from the first paint on; on a phone the overview begins folded. */
const list = 'grid sm:min-h-35'
const PHONE_HEIGHTS = ['', 'max-sm:h-11', 'max-sm:h-22', 'max-sm:h-33', 'max-sm:h-44', 'max-sm:h-55']
/** All bars lie on the first line and are moved down to theirs: one that changes its place shifts nothing else. */
const line = 'col-start-1 row-start-1 h-7 min-w-0 max-sm:h-11'
const place = (index: number) => ({ transform: `translateY(${index * 100}%)` })

/** What leads to the filter's menu. */
const linkClass = `underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent ${partClass}`

const SKELETON = ['a', 'b', 'c', 'd', 'e']

interface BarsProps<Item extends Part> {
  title: string
  /** What several parts are called. */
  many: string
  parts: Item[]
  rest?: Omit<Ranking<Item>, 'shown'>
  onOthers?: () => void
  labelOf: (part: Item) => string
  pressed: readonly string[]
  onPress: (value: Item['value'] | typeof UNSTATED) => void
}

interface RestProps extends Omit<Ranking<Part>, 'shown' | 'equal'> {
  unstatedPressed: boolean
  onOthers: (() => void) | undefined
  onUnstated: () => void
}

/** What has no bar: small parts, which lead to the filter's menu, and rows of which Vida does not state it. */
function Rest({ others, inOthers, unstated, unstatedPressed, onOthers, onUnstated }: RestProps) {
  const text = `${formatCount(others)} more, ${plural(inOthers, 'number')}`
  return (
    <span className="flex items-center gap-x-1">
      {others > 0 && (
        <button
          type="button"
          aria-label={`${text}, choose one`}
          title="Choose one of them"
          onClick={onOthers}
          className={`-mr-1.5 min-h-6 px-1.5 max-sm:min-h-11 ${linkClass}`}
        >
          {text}
        </button>
      )}
      {(unstated > 0 || unstatedPressed) && (
        <button
          type="button"
          aria-pressed={unstatedPressed}
          onClick={onUnstated}
          className={`-mr-1.5 flex min-h-6 items-center gap-1 px-1.5 max-sm:min-h-11 ${partClass}`}
        >
          <span className="sr-only">{`Not stated: ${plural(unstated, 'number')}, filter`}</span>
          <span aria-hidden="true">{`${formatCount(unstated)} not stated`}</span>
          {unstatedPressed && <Icon name="close" className="size-3" />}
        </button>
      )}
    </span>
  )
}

/** The largest parts of one kind as bars, the longest one full; each is a filter, and pressed again it is none. */
export function Bars<Item extends Part>({
  title,
  many,
  parts,
  rest,
  onOthers,
  labelOf,
  pressed,
  onPress,
}: BarsProps<Item>) {
  const id = useId()
  const equal = rest?.equal
  const alike = equal && `${formatCount(equal.parts)} ${many} with ${plural(equal.count, 'number')} each`
  const most = Math.max(1, equal?.count ?? 0, ...parts.map(({ count }) => count))
  return (
    <div className="min-w-0">
      <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-2 px-2 max-sm:min-h-11 text-ink-3 text-xs tabular-nums">
        <h3 id={id} className="font-medium">
          {title}
        </h3>
        {rest && (
          <Rest
            {...rest}
            onOthers={onOthers}
            unstatedPressed={pressed.includes(UNSTATED)}
            onUnstated={() => onPress(UNSTATED)}
          />
        )}
      </div>
      <ul
        data-focus-next="last"
        aria-labelledby={id}
        className={`${list} ${PHONE_HEIGHTS[parts.length + (alike ? 1 : 0)]}`}
      >
        {alike && (
          <li className={line}>
            <button
              type="button"
              aria-label={`${alike}, choose one`}
              title="Choose one of them"
              onClick={onOthers}
              className={`h-full max-w-full truncate px-2 text-sm -outline-offset-2 ${linkClass}`}
            >
              {alike}
            </button>
          </li>
        )}
        {parts.map((part, index) => {
          const { value, count } = part
          const isPressed = pressed.includes(value)
          return (
            <li key={value} className={line} style={place(alike ? index + 1 : index)}>
              <button
                type="button"
                aria-pressed={isPressed}
                title={isPressed ? 'Press again to clear this filter' : labelOf(part)}
                onClick={() => onPress(value)}
                className={`grid h-full w-full grid-cols-[minmax(0,1fr)] content-center gap-0.5 px-2 -outline-offset-2 ${partClass}`}
              >
                <span className="sr-only">{`${labelOf(part)}: ${plural(count, 'number')}, filter`}</span>
                <span aria-hidden="true" className="flex items-center gap-2 text-sm">
                  <span className="min-w-0 grow truncate">{labelOf(part)}</span>
                  <span className="text-ink-2 tabular-nums">{formatCount(count)}</span>
                  {isPressed && <Icon name="close" className="size-3" />}
                </span>
                {/* The svg inherits its colour, so that forced colours reach it. */}
                <span className="rounded-full bg-line text-accent">
                  <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" className="block h-1 w-full">
                    <rect width={count === 0 ? 0 : Math.max(1, (100 * count) / most)} height="1" fill="currentColor" />
                  </svg>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

export function BarsSkeleton() {
  return (
    <div aria-hidden="true">
      <div className="min-h-6 max-sm:min-h-11" />
      <div className={`${list} max-sm:h-55`}>
        {SKELETON.map((key) => (
          <div key={key} className="grid h-7 content-center gap-2 px-2 max-sm:h-11">
            <div className="h-2 w-1/3 rounded bg-sunken" />
            <div className="h-1 rounded-full bg-sunken" />
          </div>
        ))}
      </div>
    </div>
  )
}
