import { chmodSync, statSync } from 'node:fs'

/** Takes rights away and never gives any: a directory made read-only on purpose stays so. */
export function restrictPermissions(path: string, most: number): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats && (stats.mode & 0o777 & ~most) !== 0) chmodSync(path, stats.mode & most)
}
