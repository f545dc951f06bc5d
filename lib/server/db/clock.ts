import 'server-only'
import { sql } from 'kysely'
import { setClock } from '@/lib/server/process/clock'
import { log } from '@/lib/server/process/log'
import type { Database } from './database'

const EVERY_MS = 10_000
/** A skew up to it is of no account: idle and absolute ends of sessions are minutes and hours. */
const MOST_SKEW_MS = 30_000

/** @returns by how much the process's clock is ahead, ms */
async function measure({ queries }: Database): Promise<number> {
  const asked = performance.now()
  const { rows } = await sql<{ ms: number }>`
    select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms`.execute(queries)
  const middle = (asked + performance.now()) / 2
  const ms = rows[0]?.ms ?? Date.now()
  setClock(ms - middle)
  return Date.now() - (ms + performance.now() - middle)
}

/** Makes `now` of the process the clock of a PostgreSQL server, until the returned function is called. */
export async function followClock(db: Database): Promise<() => void> {
  if (db.dialect === 'sqlite') return () => {}
  let wasSkewed = false
  const follow = async () => {
    const ahead = await measure(db)
    const isSkewed = Math.abs(ahead) > MOST_SKEW_MS
    if (isSkewed && !wasSkewed) log('warn', 'clock_skewed', { seconds: Math.round(ahead / 1000) })
    wasSkewed = isSkewed
  }
  await follow()
  const timer = setInterval(() => void follow().catch(() => {}), EVERY_MS).unref()
  return () => {
    clearInterval(timer)
    setClock(null)
  }
}
