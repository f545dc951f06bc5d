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

  it('never loses what is pinned, and grows instead', () => {
    const map = new BoundedMap<string, { pinned: boolean }>(2, ({ pinned }) => pinned)
    map.set('a', { pinned: true })
    map.set('b', { pinned: false })
    map.set('c', { pinned: true })
    expect([map.get('a'), map.get('b'), map.size]).toEqual([{ pinned: true }, undefined, 2])
    map.set('d', { pinned: true })
    expect([map.get('c'), map.size]).toEqual([{ pinned: true }, 3])
  })

  it('forgets what is deleted', () => {
    const map = new BoundedMap<string, number>(2)
    map.set('a', 1)
    map.delete('a')
    map.delete('b')
    expect([map.get('a'), map.size]).toEqual([undefined, 0])
  })
})
