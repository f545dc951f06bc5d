import { expect } from '@playwright/test'
import type { SandboxControl } from '../vida-sandbox/control.ts'
import type { Effect } from '../vida-sandbox/faults.ts'
import type { LogEntry } from '../vida-sandbox/log.ts'
import type { Answer, ApiClient } from './api-client.ts'

export interface Place {
  number: string
  accountId: string
}

export const FRONT_DESK: readonly [Place, Place, Place, Place] = [
  { number: '+12145550101', accountId: '100001' },
  { number: '+12145550102', accountId: '100001' },
  { number: '+12145550103', accountId: '100001' },
  { number: '+12145550104', accountId: '100001' },
]

export const RETURN = { method: 'POST', path: 'phoneNumber/return' } as const

/** The first numbers below the main reseller; without `count` all of them. */
export async function placesIn(control: SandboxControl, count?: number): Promise<Place[]> {
  return (await control.numbers()).filter(({ accountId }) => !accountId.startsWith('2')).slice(0, count)
}

export interface ReturnBody {
  outcome?: string
  message?: string | null
  receiptId?: string
  numbers?: { number: string }[] | null
  code?: string
  detail?: string
}

export interface RecordBody {
  receiptId: string
  number: string
  accountId: string | null
  accountName: string | null
  outcome: string
  message: string | null
  operator: string | null
  reason: string | null
  note: string | null
  notes: { at: string; operator: string | null; note: string }[]
  settledAt: string | null
  verified: boolean | null
  events: { at: string; outcome: string; how: string; httpStatus: number | null; gone: boolean | null }[]
}

export function stepsOf(record: RecordBody): string[] {
  return record.events.map((event) => event.how)
}

export async function postsIn(control: SandboxControl): Promise<LogEntry[]> {
  return (await control.log()).entries.filter((entry) => entry.path.endsWith('/phoneNumber/return'))
}

/** Vida answers that many returns; later ones wait, although Vida has made the change. @returns the fault to release */
export async function answerOnly(control: SandboxControl, count: number): Promise<number> {
  await control.fault({ match: RETURN, times: count, effect: {} })
  return control.fault({ match: RETURN, effect: { waitAfterWork: true } })
}

export async function sentNumbers(control: SandboxControl): Promise<string[]> {
  return (await postsIn(control)).map(({ number }) => String(number))
}

export async function expectOnePost(control: SandboxControl, number: string): Promise<LogEntry> {
  const posts = await postsIn(control)
  expect(posts).toHaveLength(1)
  const [post] = posts
  if (!post) throw new Error('unreachable')
  expectPlainPost(post, number)
  return post
}

export function expectPlainPost(post: LogEntry, number: string): void {
  expect(post.method).toBe('POST')
  expect(post.queryKeys).toEqual(['token'])
  expect(post.body).toEqual({ number })
  expect(post.requestOnConnection).toBe(1)
}

async function isListed(control: SandboxControl, number: string): Promise<boolean> {
  return (await control.numbers()).some((held) => held.number === number)
}

export function expectProblem(
  answer: Answer<{ code?: string }>,
  status: number,
  code: string,
  why = 'the problem',
): void {
  expect([answer.status, answer.body.code], why).toEqual([status, code])
}

export class ReturnsApi {
  readonly client: ApiClient
  readonly control: SandboxControl

  constructor(client: ApiClient, control: SandboxControl) {
    this.client = client
    this.control = control
  }

  /** @returns the fault's id */
  treatReturns(effect: Effect, number?: string): Promise<number> {
    return this.control.fault({ match: { ...RETURN, ...(number && { number }) }, effect })
  }

  /** Confirms a return. `accountId: null` is a number typed by hand. */
  confirm(
    { number, accountId }: { number: string; accountId: string | null },
    note: string | null = null,
  ): Promise<Answer<ReturnBody>> {
    return this.client.post('/api/numbers/return', { number, accountId, note })
  }

  async records(): Promise<RecordBody[]> {
    const { status, body } = await this.client.get<{ returns: RecordBody[] }>('/api/returns?limit=200')
    expect(status).toBe(200)
    return body.returns
  }

  async record(number: string): Promise<RecordBody> {
    const records = (await this.records()).filter((record) => record.number === number)
    expect(records, `records of ${number}`).toHaveLength(1)
    const [record] = records
    if (!record) throw new Error('unreachable')
    return record
  }

  /** Waits until a later check by the server makes the record as wanted. */
  async recordThatIs(number: string, wanted: Partial<RecordBody>, timeout = 15_000): Promise<RecordBody> {
    await expect
      .poll(() => this.record(number), { timeout, intervals: [100, 250, 500] })
      .toEqual(expect.objectContaining(wanted))
    return this.record(number)
  }

  settle(verb: 'check' | 'mark', receiptId: string): Promise<Answer<Partial<RecordBody> & { code?: string }>> {
    return this.client.post(`/api/returns/${receiptId}/${verb}`, {})
  }

  posts(): Promise<LogEntry[]> {
    return postsIn(this.control)
  }

  expectOnePost(number: string): Promise<LogEntry> {
    return expectOnePost(this.control, number)
  }

  isListed(number: string): Promise<boolean> {
    return isListed(this.control, number)
  }
}
