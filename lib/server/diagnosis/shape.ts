import 'server-only'
import { fieldsOf } from '@/lib/server/vida/fields'
import { nameOrOther, OTHER } from './names'

const DEEPEST = 6
const MOST_VALUES = 500
const MOST_FIELDS = 80

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'no JSON'
  if (typeof value !== 'string') return typeof value
  if (value === '') return 'empty text'
  if (/^\+\d{7,15}$/.test(value)) return 'E.164'
  if (/^\d+$/.test(value)) return 'digits'
  return /^\d{4}-\d\d-\d\dT/.test(value) ? 'time' : 'text'
}

/** The names and types of what answers hold, never a value: `{ success: boolean, accounts: list of { id: number } }`. */
export function shapeOf(values: readonly unknown[], depth = 0): string {
  const some = values.slice(0, MOST_VALUES)
  const lists = some.filter((value) => Array.isArray(value))
  const objects = some.map(fieldsOf).filter((value) => value !== null)
  const scalars = some.filter((value) => typeof value !== 'object' || value === null)
  const parts = [...new Set(scalars.map(typeOf))].toSorted()
  if (lists.length > 0 || objects.length > 0) {
    if (depth === DEEPEST) return [...parts, '…'].join(' | ')
    const entries = lists.flatMap((list) => list.slice(0, MOST_VALUES))
    if (entries.length > 0) parts.push(`list of ${shapeOf(entries, depth + 1)}`)
    else if (lists.length > 0) parts.push('empty list')
    if (objects.length > 0) parts.push(shapeOfObjects(objects, depth))
  }
  return parts.join(' | ') || 'nothing'
}

function shapeOfObjects(objects: readonly Readonly<Record<string, unknown>>[], depth: number): string {
  const fields = new Map<string, unknown[]>()
  for (const object of objects) {
    for (const key of Object.keys(object).slice(0, MOST_VALUES)) {
      const name = nameOrOther(key)
      const values = fields.get(name)
      if (values) values.push(object[key])
      else fields.set(name, [object[key]])
    }
  }
  const shown = [...fields].slice(0, MOST_FIELDS).map(([name, values]) => {
    const mayLack = name !== OTHER && values.length < objects.length ? '?' : ''
    return `${name}${mayLack}: ${shapeOf(values, depth + 1)}`
  })
  if (fields.size > MOST_FIELDS) shown.push('…')
  return shown.length > 0 ? `{ ${shown.join(', ')} }` : '{}'
}
