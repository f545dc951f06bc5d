import { agrees, type RequestFacts, type RequestMatch } from './match.ts'

export interface LogEntry extends RequestFacts {
  seq: number
  at: number
  /** Every query key in its order, with `token`. */
  queryKeys: string[]
  headerNames: string[]
  /** Parsed JSON, else the text, `null` without a body. */
  body: unknown
  /** Counted from 1; `requestOnConnection` 1 means a new connection. */
  connection: number
  requestOnConnection: number
  /** Requests in progress when this one came, with itself. */
  concurrency: number
  /** Those with the same method and path. */
  alikeUnderWay: number
  /** `null`: not answered yet. */
  status: number | 'dropped' | 'hung' | null
  worked: boolean
  aborted: boolean
  settled: boolean
  fault: number | null
}

export interface SandboxLog {
  entries: LogEntry[]
  total: number
  maxConcurrency: number
}

export interface LogMatch extends RequestMatch {
  status?: number | 'dropped' | 'hung'
  worked?: boolean
  aborted?: boolean
  settled?: boolean
}

type Measured = 'seq' | 'at' | 'concurrency' | 'alikeUnderWay' | 'status' | 'worked' | 'aborted' | 'settled' | 'fault'

interface Waiter {
  match: LogMatch
  count: number
  found: Map<number, LogEntry>
  succeed: () => void
  fail: (why: string) => void
}

export class Log {
  private entries: LogEntry[] = []
  private seq = 0
  private readonly current = new Map<string, number>()
  private maxConcurrency = 0
  private readonly waiters = new Set<Waiter>()

  begin(known: Omit<LogEntry, Measured>) {
    this.seq += 1
    const alikeUnderWay = this.count(known, 1)
    const concurrency = this.underWay()
    this.maxConcurrency = Math.max(this.maxConcurrency, concurrency)
    const undecided = { status: null, worked: false, aborted: false, settled: false, fault: null }
    const entry: LogEntry = { seq: this.seq, at: Date.now(), concurrency, alikeUnderWay, ...known, ...undecided }
    this.entries.push(entry)
    this.changed(entry)
    return entry
  }

  note(entry: LogEntry, change: Partial<LogEntry>): void {
    if (change.settled === true && !entry.settled) this.count(entry, -1)
    Object.assign(entry, change)
    this.changed(entry)
  }

  read(): SandboxLog {
    return { entries: structuredClone(this.entries), total: this.entries.length, maxConcurrency: this.maxConcurrency }
  }

  clear(): void {
    this.entries = []
    this.maxConcurrency = this.underWay()
  }

  /** Resolves as soon as `count` entries match, rejects after `timeoutMs`. */
  wait(match: LogMatch, count: number, timeoutMs: number): Promise<LogEntry[]> {
    return new Promise((resolve, reject) => {
      const found = new Map(this.entries.filter((entry) => fits(match, entry)).map((entry) => [entry.seq, entry]))
      const leave = () => {
        clearTimeout(timer)
        this.waiters.delete(waiter)
      }
      const succeed = () => {
        leave()
        resolve(structuredClone([...found.values()]))
      }
      const fail = (why: string) => {
        leave()
        reject(new Error(`the sandbox saw ${found.size} of ${count} requests like ${JSON.stringify(match)} ${why}`))
      }
      const waiter: Waiter = { match, count, found, succeed, fail }
      const timer = setTimeout(() => fail(`within ${timeoutMs} ms`), timeoutMs)
      this.waiters.add(waiter)
      if (found.size >= count) succeed()
    })
  }

  close(): void {
    for (const waiter of this.waiters) waiter.fail('before it was closed')
  }

  private count({ method, path }: Pick<LogEntry, 'method' | 'path'>, change: number): number {
    const kind = `${method} ${path}`
    const now = (this.current.get(kind) ?? 0) + change
    this.current.set(kind, now)
    return now
  }

  private underWay(): number {
    return this.current.values().reduce((sum, each) => sum + each, 0)
  }

  private changed(entry: LogEntry): void {
    for (const waiter of this.waiters) {
      if (fits(waiter.match, entry)) waiter.found.set(entry.seq, entry)
      else waiter.found.delete(entry.seq)
      if (waiter.found.size >= waiter.count) waiter.succeed()
    }
  }
}

function fits(match: LogMatch, entry: LogEntry): boolean {
  return (
    agrees(match, entry) &&
    (match.status === undefined || match.status === entry.status) &&
    (match.worked === undefined || match.worked === entry.worked) &&
    (match.aborted === undefined || match.aborted === entry.aborted) &&
    (match.settled === undefined || match.settled === entry.settled)
  )
}
