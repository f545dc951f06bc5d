import { expect, it } from 'vitest'
import { confirmationSchema } from './confirmation'

const { note: noteSchema } = confirmationSchema

it('a note holds 200 characters, of whatever script, without the spaces around it', () => {
  for (const character of ['x', 'é', '名', '📞']) {
    expect(noteSchema.parse(` ${character.repeat(200)} `), character).toBe(character.repeat(200))
    expect(noteSchema.safeParse(character.repeat(201)).success, character).toBe(false)
  }
  expect(noteSchema.parse(undefined)).toBeNull()
})
