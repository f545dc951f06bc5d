import { describe, expect, it } from 'vitest'
import { TOKEN } from '@/lib/server/vida/testing/server'
import { messageOf } from './envelope'
import { tokenMask } from './token-mask'

const masking = { token: TOKEN, mask: tokenMask(TOKEN) }

describe('Vida’s own sentence', () => {
  it('is read to its first 500 characters, however long it is', () => {
    expect(messageOf({ message: `Not found. ${'x'.repeat(200_000)}` }, masking)).toMatch(/^Not found\. x{488}…$/)
  })

  it('is cut before the token is looked for', () => {
    const lengths: number[] = []
    const mask = (text: string) => {
      lengths.push(text.length)
      return text
    }
    messageOf({ message: 'x'.repeat(60_000) }, { token: TOKEN, mask })
    expect(lengths).toEqual([2_000 + TOKEN.length])
  })

  it('holds no part of a token where it is cut', () => {
    for (const form of [TOKEN, encodeURIComponent(TOKEN), encodeURIComponent(encodeURIComponent(TOKEN))]) {
      for (let before = 0; before < form.length; before++) {
        const message = messageOf({ message: ' '.repeat(1_900) + '.'.repeat(before) + form.repeat(100) }, masking)
        expect(message).toMatch(/^\.*(\[•••\])+$/)
      }
    }
  })
})
