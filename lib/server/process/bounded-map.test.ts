import { describe, expect, it } from 'vitest'
import { BoundedMap } from './bounded-map'

describe('a bounded map', () => {
  it('forgets what was set longest ago', () => {
    const map = new BoundedMap<string, number>(2)
    map.set('a', 1)
    map.set('b', 2)
    map.set('a', 3)
    map.set('c', 4)
    expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([3, undefined, 4, 2])
  })

  it('holds on to what must be kept, and grows rather than lose it', () => {
    const map = new BoundedMap<string, { kept: boolean }>(2, ({ kept }) => kept)
    map.set('a', { kept: true })
    map.set('b', { kept: false })
    map.set('c', { kept: true })
    expect([map.get('a'), map.get('b'), map.size]).toEqual([{ kept: true }, undefined, 2])
    map.set('d', { kept: true })
    expect([map.get('c'), map.size]).toEqual([{ kept: true }, 3])
  })

  it('forgets what is deleted', () => {
    const map = new BoundedMap<string, number>(2)
    map.set('a', 1)
    map.delete('a')
    map.delete('b')
    expect([map.get('a'), map.size]).toEqual([undefined, 0])
  })
})
