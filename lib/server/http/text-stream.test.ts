import { expect, it } from 'vitest'
import { piecesOf, textStream } from './text-stream'

async function* each(text: string) {
  yield* piecesOf(text)
}

it.each(['', 'a', '😀'.repeat(70_000), `a${'😀'.repeat(70_000)}`, 'é'.repeat(65_536)])(
  'a long text arrives as it is, whatever stands at the end of a piece',
  async (text) => {
    expect(await new Response(textStream(each(text))).text()).toBe(text)
  },
)
