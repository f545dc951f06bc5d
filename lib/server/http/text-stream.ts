import 'server-only'

/** UTF-8 of a long text that is made piece by piece, as it is read. */
export function textStream(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}

const PIECE = 64 * 1024

/** No piece ends within a character. */
export function* piecesOf(text: string): Generator<string, void, undefined> {
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = at + PIECE
    if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end += 1
    yield text.slice(at, end)
  }
}
