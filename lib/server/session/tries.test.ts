import { beforeEach, describe, expect, it } from 'vitest'
import { Problem } from '@/lib/server/http/problem'
import { localLimits } from '@/lib/server/limit-store/testing/limits'
import { sharedIn } from '@/lib/server/process/shared'
import { countSignIn, limitTries } from './tries'

const START = Date.UTC(2026, 10, 24)

let now: number
/** How long each try had to wait, ms, in the order in which they began to. */
let waits: number[]
let ctx: Parameters<typeof limitTries>[0]

/** A clock whose sleeps end at once, unless `asleep` holds them until they are aborted. */
function contextWith({ asleep }: { asleep: boolean }): typeof ctx {
  const sleep = (ms: number, { signal }: { signal?: AbortSignal } = {}) => {
    waits.push(ms)
    if (!asleep) return Promise.resolve()
    return new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  }
  const clock = { now: () => now, sleep }
  return { shared: sharedIn({}), clock, limits: localLimits(clock) }
}

beforeEach(() => {
  now = START
  waits = []
  ctx = contextWith({ asleep: false })
})

/** Brings a token; gives what became of it, or the seconds after which the client may try again. */
async function bring(token: 'right' | 'wrong' | 'unread', client: string | null): Promise<string | number> {
  try {
    return await limitTries(ctx, client, async () => {
      if (token === 'wrong') throw new Problem('token_refused')
      if (token === 'unread') throw new Problem('vida_unreachable')
      return 'in'
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.code === 'too_many_tries' ? Number(error.headers['retry-after']) : error.code
  }
}

const times = (count: number, token: Parameters<typeof bring>[0], client: (index: number) => string | null) =>
  Promise.all(Array.from({ length: count }, (_, index) => bring(token, client(index))))

const anybody = (index: number) => `10.0.${index >> 8}.${index & 255}`

describe('refused tokens', () => {
  it('of one client may be ten, and one more in five seconds; others are not held up', async () => {
    const answers = await times(30, 'wrong', () => '203.0.113.7')
    expect(answers.filter((answer) => answer === 'token_refused')).toHaveLength(10)
    expect(answers.filter((answer) => answer === 5)).toHaveLength(20)
    expect(await bring('right', '203.0.113.8')).toBe('in')
    expect(waits).toEqual([])
    now += 5_000
    expect(await bring('wrong', '203.0.113.7')).toBe('token_refused')
    expect(await bring('wrong', '203.0.113.7')).toBe(5)
  })

  it('of many clients make everybody wait, at most five seconds, and shut nobody out', async () => {
    await times(40, 'wrong', anybody)
    expect(waits).toEqual([])
    await times(500, 'wrong', (index) => anybody(1_000 + index))
    expect(waits.slice(0, 6)).toEqual([1_000, 2_000, 3_000, 4_000, 5_000, 5_000])
    expect(Math.max(...waits)).toBe(5_000)
    expect(await bring('right', '203.0.113.8')).toBe('in')
    waits = []
    now += 61_000
    expect(await bring('right', '203.0.113.8')).toBe('in')
    expect(waits).toEqual([])
  })

  it('of clients that are not known are told to wait, and a right token among them still gets in', async () => {
    const answers = await times(60, 'wrong', () => null)
    expect(answers.filter((answer) => answer === 'token_refused')).toHaveLength(40)
    expect(answers.slice(40, 46)).toEqual([1, 2, 3, 4, 5, 5])
    expect(await bring('right', null)).toBe('in')
    expect(waits.at(-1)).toBe(5_000)
  })
})

describe('tries that are not refused', () => {
  it('cost nobody anything, whether Vida accepts the token or cannot be asked', async () => {
    for (const token of ['right', 'unread'] as const) {
      for (let round = 0; round < 20; round += 1) await times(10, token, () => '203.0.113.7')
    }
    expect(await bring('wrong', '203.0.113.7')).toBe('token_refused')
    expect(waits).toEqual([])
  })
})

describe('waiting', () => {
  it('is for two hundred: the longest waiting goes on when one more comes', async () => {
    ctx = contextWith({ asleep: true })
    const outcomes: string[] = []
    const come = (index: number) =>
      void bring('right', anybody(index)).then((answer) => outcomes.push(`${index} ${answer}`))
    for (let index = 0; index < 243; index += 1) come(index)
    await expect.poll(() => outcomes.length).toBe(43)
    expect(waits).toHaveLength(203)
    expect(outcomes.slice(-3)).toEqual(['40 in', '41 in', '42 in'])
  })
})

describe('accepted tokens', () => {
  const signIns = (count: number, identity: string) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        try {
          await countSignIn(ctx, identity)
          return 'in'
        } catch (error) {
          return error instanceof Problem ? error.headers['retry-after'] : error
        }
      }),
    )

  it('may be thirty a minute of one identity, and cost no other', async () => {
    expect(await signIns(31, 'mine')).toEqual([...Array.from({ length: 30 }, () => 'in'), '2'])
    expect(await signIns(1, 'theirs')).toEqual(['in'])
    now += 60_000
    expect((await signIns(31, 'mine')).filter((answer) => answer === 'in')).toHaveLength(30)
  })

  it('are not locked out by a clock that is set back', async () => {
    await signIns(30, 'mine')
    now -= 3_600_000
    await signIns(1, 'mine')
    now += 2_000
    expect(await signIns(1, 'mine')).toEqual(['in'])
  })
})
