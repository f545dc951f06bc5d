import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inSlices, mapInSlices, stringifyList, turn, workFor } from './slices'

function busy(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

/** How often the event loop turns until `work` is done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let over = false
  const end = () => {
    over = true
  }
  work.then(end, end)
  let count = 0
  while (!over) {
    await nextTurn()
    count += 1
  }
  return count
}

const items = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('work in slices', () => {
  it('gives every item in order, of a list and of what is made meanwhile', async () => {
    async function* made() {
      yield* items(50)
    }
    const each = (item: number) => {
      busy(0.3)
      return item
    }
    expect(await Array.fromAsync(inSlices(items(50)), each)).toEqual(items(50))
    expect(await Array.fromAsync(inSlices(made()), each)).toEqual(items(50))
  })

  it('maps a list as usual, a short one without a turn of the event loop', async () => {
    const long = items(1_234)
    expect(await mapInSlices(long, String)).toEqual(long.map(String))
    let turned = false
    setImmediate(() => {
      turned = true
    })
    await mapInSlices(items(50), () => busy(1))
    expect(turned).toBe(false)
  })

  it('lets the event loop turn between slices', async () => {
    const work = Array.fromAsync(inSlices(items(60)), () => busy(1))
    expect(await turnsDuring(work)).toBeGreaterThan(5)
  })

  it('gives several at a time one slice after the other, so that they do not hold the event loop together', async () => {
    let turn = 0
    let over = false
    const counting = (async () => {
      for (; !over; turn += 1) await nextTurn()
    })()
    const turnsOf = async () => {
      const worked = new Set<number>()
      for await (const _ of inSlices(items(60))) {
        busy(1)
        worked.add(turn)
      }
      return [...worked]
    }
    const [one = [], other = []] = await Promise.all([turnsOf(), turnsOf()])
    over = true
    await counting
    // Each begins at once, without a turn.
    const rest = one.slice(1)
    expect(rest.length).toBeGreaterThan(3)
    expect(rest.filter((each) => other.includes(each))).toEqual([])
    expect(other[1]).toBeLessThan(one.at(-1) ?? 0)
  })

  it('counts what other lists have worked in the same turn of the event loop', async () => {
    const oneAfterTheOther = async () => {
      for (let nth = 0; nth < 20; nth++) for await (const _ of inSlices(items(2))) busy(2)
    }
    expect(await turnsDuring(oneAfterTheOther())).toBeGreaterThan(5)
    let turned = false
    for await (const _ of inSlices(items(1))) busy(10)
    setImmediate(() => {
      turned = true
    })
    await turn()
    expect(turned).toBe(true)
  })

  it('takes turns with another person’s, however much of it one person has', async () => {
    const ends: string[] = []
    const work = (person: string, count: number) =>
      workFor(person, () =>
        Array.fromAsync(inSlices(items(count)), () => busy(2)).then(() => {
          ends.push(person)
        }),
      )
    await Promise.all([...Array.from({ length: 10 }, () => work('hostile', 30)), work('other', 15)])
    expect(ends.indexOf('other')).toBe(0)
  })

  it('ends what is not wanted any more', async () => {
    const stop = new AbortController()
    let done = 0
    const work = Array.fromAsync(inSlices(items(1_000), stop.signal), () => {
      busy(1)
      done += 1
      if (done === 10) stop.abort()
    })
    await expect(work).rejects.toMatchObject({ name: 'AbortError' })
    expect(done).toBeLessThan(1_000)
  })

  it('leaves the list when its reader does', async () => {
    let closed = false
    function* list() {
      try {
        yield* items(10)
      } finally {
        closed = true
      }
    }
    for await (const item of inSlices(list())) if (item === 3) break
    expect(closed).toBe(true)
  })

  it('gives the event loop a turn between short work of many who share the turns, too', async () => {
    const work = async () => {
      await turn()
      busy(3)
    }
    expect(await turnsDuring(Promise.all(items(20).map(work)))).toBeGreaterThan(5)
  })

  it('gives the event loop turns within a transaction', async () => {
    const work = async () => {
      for (let step = 0; step < 60; step++) {
        busy(1)
        await turn()
      }
    }
    expect(await turnsDuring(work())).toBeGreaterThan(5)
  })

  it('has a whole slice after each rest, also while a transaction takes turns', async () => {
    let over = false
    let steps = 0
    const transaction = async () => {
      while (!over) {
        busy(1)
        steps += 1
        await turn()
      }
    }
    const other = transaction()
    const stepsBefore: number[] = []
    for await (const _ of inSlices(items(60))) {
      busy(0.2)
      stepsBefore.push(steps)
    }
    over = true
    await other
    // Items after the first slice that came at once after another one.
    const together = stepsBefore.slice(30).filter((count, index) => count === stepsBefore[29 + index])
    expect(together.length).toBeGreaterThan(10)
  })

  it('writes a long list as JSON like the whole, in several turns', async () => {
    for (const count of [0, 1, 500, 1_201]) {
      const list = Array.from({ length: count }, (_, index) => ({ index, text: '",[' }))
      expect(await stringifyList(list)).toBe(JSON.stringify(list))
    }
    const slow = Array.from({ length: 3_000 }, () => ({ toJSON: () => busy(0.01) }))
    expect(await turnsDuring(stringifyList(slow))).toBeGreaterThan(2)
  })
})
