import { type NoteCode, noteOf } from './notes'
import type { EndpointReport, Verdict } from './report'

/** One account by its id is read only where Vida offers no number lists; when a number was last used is told where it is known. */
function isNeeded({ name }: EndpointReport, endpoints: readonly EndpointReport[]): boolean {
  if (name === 'messages' || name === 'logs') return false
  const numbers = endpoints.find((endpoint) => endpoint.name === 'numbers')
  return name !== 'account' || numbers?.understood !== 'yes'
}

export function verdictOf(endpoints: readonly EndpointReport[], notes: readonly NoteCode[]): Verdict {
  const needed = endpoints.filter((endpoint) => isNeeded(endpoint, endpoints))
  if (needed.some(({ understood }) => understood === 'no')) return 'not_understood'
  const all = [...notes, ...needed.flatMap((endpoint) => endpoint.notes)]
  return all.some((code) => noteOf(code).isLimit) ? 'limited' : 'ready'
}
