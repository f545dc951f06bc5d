import type { MarksByRow } from './marks'
import type { NumberRow } from './rows'
import { narrows, type ShownWording } from './search'
import { NO_USES, type Uses } from './unused'
import { type Filter, filterRows } from './view'

interface Step {
  q: string
  rows: readonly NumberRow[]
}

type Find = (rows: readonly NumberRow[], filter: Filter, marks: MarksByRow, uses?: Uses) => readonly NumberRow[]

/** `filterRows` that remembers what was found on the way to a search: what extends it looks at that alone. */
export function rememberFound(shown: ShownWording): Find {
  let about: readonly unknown[] = []
  let steps: Step[] = []
  return (rows, filter, marks, uses = NO_USES) => {
    const { q, org, country, state, only } = filter
    const now = [rows, org, country, state, only, marks, uses]
    const isSame = now.every((value, index) => value === about[index])
    about = now
    steps = isSame ? steps.filter((step) => q.startsWith(step.q)) : []
    const known = steps.find((step) => step.q === q)
    if (known) return known.rows
    const from = steps.findLast((step) => narrows(step.q, q))?.rows ?? rows
    const found = filterRows(from, filter, marks, shown, uses)
    steps.push({ q, rows: found })
    return found
  }
}
